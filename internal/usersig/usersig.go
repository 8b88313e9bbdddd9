// Package usersig makes and reads a UserSig, the password with which a user signs in
// to Tencent Cloud Chat, and a PrivateMapKey, the same with a permit for a TRTC room.
//
// The format is TLSSigAPIv2 of cloud.tencent.com/document/product/269/32688: a
// zlib-compressed JSON object in a base64 alphabet that is safe in a URL, signed
// with HMAC-SHA256 under the SecretKey of the application. Tencent's own Go
// module is not to be had from the module proxy, hence this one; the tests hold it
// against Tencent's npm package tls-sig-api-v2 1.0.2, whose documents it makes byte
// for byte, except for how zlib packs them.
package usersig

import (
	"bytes"
	"compress/zlib"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Claims is what a UserSig says.
type Claims struct {
	SDKAppID uint64
	UserID   string
	Issued   time.Time     // whole seconds
	Expire   time.Duration // whole seconds
	UserBuf  string        // bytes that go with it: those of a Permit in a PrivateMapKey; "" for none
}

// Expires is the moment from which on the UserSig is of no use.
func (c Claims) Expires() time.Time { return c.Issued.Add(c.Expire) }

// Ticket is a UserSig that was read. Whether its signature is right is not known
// before SignedWith.
type Ticket struct {
	Claims
	Version string // Version: there is no other that this package reads
	signed  document
}

// Version is the version of the format.
const Version = "2.0"

// What is wrong with a UserSig.
var (
	ErrFormat    = errors.New("not a UserSig")
	ErrVersion   = errors.New("a UserSig of an older format") // before 2019: signed with a pair of keys
	ErrSignature = errors.New("the UserSig was not signed with this SecretKey")
)

// ErrUserID: no user can have this ID.
var ErrUserID = errors.New("a userID has at most 32 bytes and no control characters")

// MaxUserID is the length of a user ID in bytes: cloud.tencent.com/document/product/269/1608.
const MaxUserID = 32

// CheckUserID tells whether a user can have this ID: ErrUserID. The empty one stands for
// one that is still to be filled in, and passes.
func CheckUserID(id string) error {
	if len(id) > MaxUserID || !utf8.ValidString(id) || strings.ContainsFunc(id, unicode.IsControl) {
		return ErrUserID
	}
	return nil
}

// document has its fields in the order of Tencent's npm package.
type document struct {
	Version    string  `json:"TLS.ver"`
	Identifier string  `json:"TLS.identifier"`
	SDKAppID   uint64  `json:"TLS.sdkappid"`
	Time       int64   `json:"TLS.time"`
	Expire     int64   `json:"TLS.expire"`
	UserBuf    *string `json:"TLS.userbuf,omitempty"` // base64
	Signature  string  `json:"TLS.sig"`
}

var (
	toURL   = strings.NewReplacer("+", "*", "/", "-", "=", "_")
	fromURL = strings.NewReplacer("*", "+", "-", "/", "_", "=")
)

// Sign makes a UserSig for the claims.
func Sign(c Claims, secretKey string) (string, error) {
	doc := document{
		Version: Version, Identifier: c.UserID, SDKAppID: c.SDKAppID,
		Expire: int64(c.Expire / time.Second), Time: c.Issued.Unix(),
	}
	if c.UserBuf != "" {
		encoded := base64.StdEncoding.EncodeToString([]byte(c.UserBuf))
		doc.UserBuf = &encoded
	}
	doc.Signature = signature(doc, secretKey)
	plain, err := doc.encode()
	if err != nil {
		return "", err
	}
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	if _, err := w.Write(plain); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	return toURL.Replace(base64.StdEncoding.EncodeToString(packed.Bytes())), nil
}

// encode writes the document as JSON.stringify does.
func (d document) encode() ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(d)
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), err
}

// Inspect reads a UserSig without a key, so that anybody may have written it: ErrFormat,
// ErrVersion.
func Inspect(userSig string) (Ticket, error) {
	plain, err := unpack(userSig)
	if err != nil {
		return Ticket{}, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	head := struct {
		Version string `json:"TLS.ver"`
	}{}
	if err := json.Unmarshal(plain, &head); err != nil {
		return Ticket{}, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	if head.Version != Version {
		return Ticket{}, ErrVersion
	}
	var doc document
	if err := json.Unmarshal(plain, &doc); err != nil {
		return Ticket{}, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	claims, err := doc.claims()
	if err != nil {
		return Ticket{}, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	return Ticket{Claims: claims, Version: doc.Version, signed: doc}, nil
}

// largest is how much a UserSig may hold: a real one has some 200 bytes, and a little
// zlib can become very much.
const largest = 64 << 10

var errTooLarge = errors.New("too large")

func unpack(userSig string) ([]byte, error) {
	if len(userSig) > largest {
		return nil, errTooLarge
	}
	packed, err := base64.StdEncoding.DecodeString(fromURL.Replace(userSig))
	if err != nil {
		return nil, err
	}
	r, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	plain, err := io.ReadAll(io.LimitReader(r, largest+1))
	if err == nil && len(plain) > largest {
		return nil, errTooLarge
	}
	return plain, err
}

var errRange = errors.New("a time that is out of range")

// claims are what the document says, if that can be.
func (d document) claims() (Claims, error) {
	const maxExpire = math.MaxInt64 / int64(time.Second)
	const maxTime = 253402300799 // the last second of 9999
	if d.Expire < 0 || d.Expire > maxExpire || d.Time < 0 || d.Time > maxTime-d.Expire {
		return Claims{}, errRange
	}
	c := Claims{SDKAppID: d.SDKAppID, UserID: d.Identifier, Issued: time.Unix(d.Time, 0), Expire: time.Duration(d.Expire) * time.Second}
	if d.UserBuf == nil {
		return c, nil
	}
	raw, err := base64.StdEncoding.DecodeString(*d.UserBuf)
	c.UserBuf = string(raw)
	return c, err
}

// SignedWith reports whether the signature is that of a SecretKey.
func (t Ticket) SignedWith(secretKey string) bool {
	return hmac.Equal([]byte(signature(t.signed, secretKey)), []byte(t.signed.Signature))
}

// Verify reads a UserSig and checks its signature: ErrFormat, ErrVersion, ErrSignature.
// Whether it has expired is for the caller to say, who knows the time.
func Verify(userSig, secretKey string) (Claims, error) {
	ticket, err := Inspect(userSig)
	if err == nil && !ticket.SignedWith(secretKey) {
		err = ErrSignature
	}
	return ticket.Claims, err
}

func signature(doc document, secretKey string) string {
	mac := hmac.New(sha256.New, []byte(secretKey))
	fmt.Fprintf(mac, "TLS.identifier:%s\nTLS.sdkappid:%d\nTLS.time:%d\nTLS.expire:%d\n", doc.Identifier, doc.SDKAppID, doc.Time, doc.Expire)
	if doc.UserBuf != nil {
		fmt.Fprintf(mac, "TLS.userbuf:%s\n", *doc.UserBuf)
	}
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
