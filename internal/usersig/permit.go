package usersig

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Privileges are what a user may do in a TRTC room, a bit each.
type Privileges uint32

// The privileges, as cloud.tencent.com/document/product/647/35157 numbers them. (The comment
// on genPrivateMapKey in the npm package gives the eighth as 200, which is octal.)
const (
	Create        Privileges = 1 << iota // make the room
	Join                                 // enter it
	SendAudio                            // speak
	ReceiveAudio                         // hear
	SendVideo                            // be seen
	ReceiveVideo                         // see
	SendScreen                           // share the screen (substream)
	ReceiveScreen                        // see a shared screen

	All = ReceiveScreen<<1 - 1 // 255
)

// PrivilegeNames are how this tool calls the privileges, from the lowest bit on.
var PrivilegeNames = []string{"create", "join", "send-audio", "receive-audio", "send-video", "receive-video", "send-screen", "receive-screen"}

// ErrPrivilege: neither all, nor names of privileges, nor a number of 1 to 255.
var ErrPrivilege = errors.New("no such privilege")

// ParsePrivileges reads "all", names with commas between them, or the number of all the
// bits together: ErrPrivilege.
func ParsePrivileges(text string) (Privileges, error) {
	if text == "all" {
		return All, nil
	}
	if bits, err := strconv.ParseUint(text, 10, 8); err == nil && bits > 0 {
		return Privileges(bits), nil
	}
	var all Privileges
	for name := range strings.SplitSeq(text, ",") {
		bit := slices.Index(PrivilegeNames, strings.TrimSpace(name))
		if bit < 0 {
			return 0, ErrPrivilege
		}
		all |= 1 << bit
	}
	return all, nil
}

// Names lists the privileges, the lowest bit first.
func (p Privileges) Names() []string {
	names := []string{}
	for bit, name := range PrivilegeNames {
		if p&(1<<bit) != 0 {
			names = append(names, name)
		}
	}
	return names
}

// Permit is what a PrivateMapKey has in addition to a UserSig: into which TRTC room the
// user may go, and what the user may do there.
type Permit struct {
	UserID      string
	SDKAppID    uint32
	RoomID      uint32 // 0 if the room has a name
	Room        string // name of the room (TRTC's strRoomId); "" if it has a number
	Expires     time.Time
	Privileges  Privileges
	AccountType uint32 // always 0 in the official libraries
}

// What a Permit cannot be made of.
var (
	ErrPermitUser = errors.New("a PrivateMapKey takes a userID of printable ASCII only")
	ErrRoom       = errors.New("a room has a number of 1 to 4294967295, or a name of at most 64 printable ASCII characters")
	ErrSDKAppID   = errors.New("a PrivateMapKey takes an SDKAppID of at most 4294967295")
)

// maxRoom is the length of a room's name: strRoomId in TRTC's documentation,
// cloud.tencent.com/document/product/647/32689.
const maxRoom = 64

// ErrPermit: bytes that go with a UserSig are no Permit.
var ErrPermit = errors.New("not the permit of a PrivateMapKey")

// Admit adds to the claims the permit for a room: a number, or a name, the other being
// empty. The official libraries take one byte of each character, hence ErrPermitUser and
// ErrRoom for what is not ASCII; ErrSDKAppID for what has no four bytes.
func (c Claims) Admit(number uint32, name string, p Privileges) (Claims, error) {
	switch {
	case !printable(c.UserID) || c.UserID == "":
		return c, ErrPermitUser
	case (number == 0) == (name == "") || len(name) > maxRoom || !printable(name):
		return c, ErrRoom
	case c.SDKAppID > math.MaxUint32:
		return c, ErrSDKAppID
	}
	permit := Permit{UserID: c.UserID, SDKAppID: uint32(c.SDKAppID), RoomID: number, Room: name, Expires: c.Expires(), Privileges: p}
	c.UserBuf = string(permit.encode())
	return c, nil
}

func printable(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' })
}

// encode writes the permit as genPrivateMapKey and genPrivateMapKeyWithStringRoomID do
// (_genUserbuf of tls-sig-api-v2 1.0.2): big endian, the name of the room last.
func (p Permit) encode() []byte {
	out := []byte{0}
	if p.Room != "" {
		out[0] = 1
	}
	out = binary.BigEndian.AppendUint16(out, uint16(len(p.UserID)))
	out = append(out, p.UserID...)
	for _, field := range []uint32{p.SDKAppID, p.RoomID, uint32(p.Expires.Unix()), uint32(p.Privileges), p.AccountType} {
		out = binary.BigEndian.AppendUint32(out, field)
	}
	if p.Room != "" {
		out = binary.BigEndian.AppendUint16(out, uint16(len(p.Room)))
		out = append(out, p.Room...)
	}
	return out
}

// Permit reads the permit that goes with a UserSig: ErrPermit. Without UserBuf there is
// none.
func (c Claims) Permit() (Permit, error) {
	in := reader{rest: []byte(c.UserBuf)}
	kind := in.take(1)
	p := Permit{UserID: string(in.text())}
	p.SDKAppID, p.RoomID = in.number(), in.number()
	p.Expires = time.Unix(int64(in.number()), 0)
	p.Privileges, p.AccountType = Privileges(in.number()), in.number()
	if kind[0] == 1 {
		p.Room = string(in.text())
	}
	if in.short || len(in.rest) > 0 || kind[0] > 1 {
		return Permit{}, ErrPermit
	}
	return p, nil
}

// reader takes fields off bytes; short is set where there are too few.
type reader struct {
	rest  []byte
	short bool
}

// take is the next n bytes, zeros if there are not so many.
func (r *reader) take(n int) []byte {
	if n > len(r.rest) {
		r.rest, r.short = nil, true
		return make([]byte, n)
	}
	field := r.rest[:n]
	r.rest = r.rest[n:]
	return field
}

func (r *reader) number() uint32 { return binary.BigEndian.Uint32(r.take(4)) }

// text is one with its length in front.
func (r *reader) text() []byte { return r.take(int(binary.BigEndian.Uint16(r.take(2)))) }
