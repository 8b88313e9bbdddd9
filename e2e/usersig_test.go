//go:build e2e

package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
	"testing"
)

// sigCase is what a UserSig is signed for.
type sigCase struct {
	App     uint64 `json:"app"`
	Key     string `json:"key"`
	User    string `json:"user"`
	Expire  int64  `json:"expire"` // seconds
	Room    uint32 `json:"room,omitempty"`
	Name    string `json:"name,omitempty"` // of the room
	Bits    int    `json:"bits,omitempty"`
	UserSig string `json:"userSig,omitempty"`
}

func sigCases() []sigCase {
	const app, key = 1400000000, "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e"
	cases := []sigCase{
		{App: app, Key: key, User: "alice", Expire: 604800},
		{App: 1, Key: "k", User: "a", Expire: 1},
		{App: 4294967295, Key: "0Key9", User: "User_1-x", Expire: 180 * 86400},
		{App: app, Key: key, User: `a<b>&"\'é`, Expire: 60},
		{App: app, Key: key, User: "李雷和韩梅梅", Expire: 60},
		{App: app, Key: key, User: strings.Repeat("x", 32), Expire: 60},
		{App: app, Key: key, User: "alice", Expire: 300, Name: "1000000040", Bits: 255},
		{App: app, Key: key, User: "alice", Expire: 300, Name: strings.Repeat("r", 64), Bits: 1},
	}
	for bits := 1; bits < 256; bits = bits*3 + 1 {
		cases = append(cases, sigCase{App: app, Key: key, User: "alice", Expire: 300, Room: uint32(bits) << 24, Bits: bits})
	}
	for room := uint32(1); room < 1<<31; room *= 37 {
		cases = append(cases, sigCase{App: 2147483648, Key: key, User: "bob", Expire: 86400, Room: room, Bits: 42})
	}
	return append(cases, sigCase{App: app, Key: key, User: "alice", Expire: 300, Room: 4294967295, Bits: 128})
}

// userSigs asks the judge.
func userSigs(t *testing.T, what string, cases []sigCase) []string {
	t.Helper()
	in, err := json.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	node := exec.Command("node", "judge/usersig.cjs", what)
	node.Env = environ("JUDGE_MODULES=" + modules)
	node.Stdin = bytes.NewReader(in)
	var out []string
	if err := json.Unmarshal(output(t, node), &out); err != nil || len(out) != len(cases) {
		t.Fatalf("%v: %q", err, out)
	}
	return out
}

func output(t *testing.T, command *exec.Cmd) []byte {
	t.Helper()
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s%s", command.Args, err, out, stderr.String())
	}
	return out
}

// userSig runs a usersig command with the key of the case.
func (c sigCase) userSig(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	command := exec.Command(binary, append([]string{"usersig"}, args...)...)
	command.Dir = work
	command.Env = environ("TUIKIT_SECRETKEY=" + c.Key)
	command.Stdin = strings.NewReader(stdin)
	return strings.TrimSpace(string(output(t, command)))
}

// TestUserSigAgrees holds what the program signs, and what it verifies, against Tencent's
// own package, in every form that has.
func TestUserSigAgrees(t *testing.T) {
	if err := watchSources(); err != nil {
		t.Fatal(err)
	}
	cases := sigCases()
	for i, c := range cases {
		args := []string{"sign", c.User, "--sdkappid", fmt.Sprint(c.App), "--expire", fmt.Sprint(c.Expire), "--quiet"}
		switch {
		case c.Name != "":
			args = append(args, "--room", c.Name, "--room-string", "--privilege", fmt.Sprint(c.Bits))
		case c.Room != 0:
			args = append(args, "--room", fmt.Sprint(c.Room), "--privilege", fmt.Sprint(c.Bits))
		}
		cases[i].UserSig = c.userSig(t, "", args...)
	}
	for i, wrong := range userSigs(t, "judge", cases) {
		if wrong != "" {
			t.Errorf("%+v: %s", cases[i], wrong)
		}
	}
	for i, theirs := range userSigs(t, "sign", cases) {
		c := cases[i]
		var got struct {
			SDKAppID uint64
			UserID   string
			Expire   int64
			Valid    bool
			Permit   struct {
				RoomID uint32
				Room   string
				Bits   int
			}
		}
		said := c.userSig(t, theirs, "verify", "-", "--sdkappid", fmt.Sprint(c.App), "--format", "json")
		if err := json.Unmarshal([]byte(said), &got); err != nil {
			t.Fatalf("%v: %s", err, said)
		}
		if !got.Valid || got.SDKAppID != c.App || got.UserID != c.User || got.Expire != c.Expire || got.Permit.RoomID != c.Room || got.Permit.Room != c.Name || got.Permit.Bits != c.Bits {
			t.Errorf("%+v: %s", c, said)
		}
	}
}
