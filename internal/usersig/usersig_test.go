package usersig

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

var claims = Claims{SDKAppID: 1400000000, UserID: "alice", Issued: time.Unix(1700000000, 0), Expire: 7 * 24 * time.Hour}

const key = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

func TestSignThenVerify(t *testing.T) {
	sig, err := Sign(claims, key)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(sig, "+/=") {
		t.Errorf("%q is not safe in a URL", sig)
	}
	got, err := Verify(sig, key)
	if err != nil || got != claims {
		t.Errorf("got %+v, %v", got, err)
	}
	if _, err := Verify(sig, key[1:]+"0"); !errors.Is(err, ErrSignature) {
		t.Errorf("another key: %v", err)
	}
}

// TestSignature holds the signed text against a value computed with openssl:
// printf 'TLS.identifier:alice\nTLS.sdkappid:1400000000\nTLS.time:1700000000\nTLS.expire:604800\n' |
// openssl dgst -sha256 -hmac KEY -binary | base64
func TestSignature(t *testing.T) {
	got := signature(document{Identifier: "alice", SDKAppID: 1400000000, Time: 1700000000, Expire: 604800}, key)
	if want := "jXL8R1OjWFbjn4vB4cDd6C0d4FQ72NWb936uB4LwBJQ="; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// packed is a text as a UserSig has it.
func packed(t *testing.T, text string) string {
	t.Helper()
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return toURL.Replace(base64.StdEncoding.EncodeToString(out.Bytes()))
}

func TestInspectRefusesWhatIsNone(t *testing.T) {
	whole, err := Sign(claims, key)
	if err != nil {
		t.Fatal(err)
	}
	const head = `{"TLS.ver":"2.0","TLS.identifier":"a","TLS.sdkappid":1,`
	for name, test := range map[string]struct {
		sig  string
		want error
	}{
		"nothing":       {"", ErrFormat},
		"a word":        {"hello", ErrFormat},
		"no zlib":       {"aGVsbG8_", ErrFormat},
		"cut off":       {whole[:len(whole)-8], ErrFormat},
		"no JSON":       {packed(t, "hello"), ErrFormat},
		"a list":        {packed(t, "[]"), ErrFormat},
		"no version":    {packed(t, "{}"), ErrVersion},
		"older":         {packed(t, `{"TLS.version":"201512300000","TLS.account_type":"0","TLS.time":"1"}`), ErrVersion},
		"wrong type":    {packed(t, head+`"TLS.time":"soon"}`), ErrFormat},
		"no buffer":     {packed(t, head+`"TLS.userbuf":"?"}`), ErrFormat},
		"never":         {packed(t, head+`"TLS.time":-1}`), ErrFormat},
		"after all":     {packed(t, head+`"TLS.time":253402300800}`), ErrFormat},
		"beyond 9999":   {packed(t, head+`"TLS.time":253402300799,"TLS.expire":1}`), ErrFormat},
		"for too long":  {packed(t, head+`"TLS.expire":9223372037}`), ErrFormat},
		"too much":      {packed(t, head+`"x":"`+strings.Repeat("x", largest)+`"}`), ErrFormat},
		"too much text": {strings.Repeat("e", largest+1), ErrFormat},
	} {
		if _, err := Inspect(test.sig); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
		if _, err := Verify(test.sig, key); !errors.Is(err, test.want) {
			t.Errorf("%s: Verify says %v, want %v", name, err, test.want)
		}
	}
}

// TestInspectNeedsNoKey: it tells what is written, not whether that is true.
func TestInspectNeedsNoKey(t *testing.T) {
	sig, err := Sign(claims, "somebody's")
	if err != nil {
		t.Fatal(err)
	}
	ticket, err := Inspect(sig)
	if err != nil || ticket.Claims != claims || ticket.Version != "2.0" || ticket.SignedWith(key) || !ticket.SignedWith("somebody's") {
		t.Errorf("got %+v, %v", ticket, err)
	}
	if want := time.Unix(1700604800, 0); !ticket.Expires().Equal(want) {
		t.Errorf("expires %v, want %v", ticket.Expires(), want)
	}
}

func TestCheckUserID(t *testing.T) {
	for id, fits := range map[string]bool{
		"": true, "alice": true, "李雷": true, strings.Repeat("x", 32): true, strings.Repeat("x", 33): false, strings.Repeat("李", 11): false,
		"a\nb": false, "\x7f": false, "\u0085": false, "\xff": false,
	} {
		if err := CheckUserID(id); (err == nil) != fits {
			t.Errorf("%q: %v", id, err)
		}
	}
}

func TestParsePrivileges(t *testing.T) {
	for text, want := range map[string]Privileges{
		"all": 255, "255": 255, "42": 42, "1": Create, "join": 2, "join,receive-audio, receive-video": 42, "receive-screen": 128,
		"": 0, "0": 0, "256": 0, "-1": 0, "join,": 0, "everything": 0, "join,42": 0,
	} {
		got, err := ParsePrivileges(text)
		if got != want || (err == nil) != (want != 0) {
			t.Errorf("%q: %d, %v", text, got, err)
		}
		if back, err := ParsePrivileges(strings.Join(got.Names(), ",")); want != 0 && (err != nil || back != got) {
			t.Errorf("%q: %v is %d, %v", text, got.Names(), back, err)
		}
	}
}

func TestAdmitRefuses(t *testing.T) {
	long := strings.Repeat("x", 65)
	for name, test := range map[string]struct {
		claims Claims
		number uint32
		room   string
		want   error
	}{
		"no user":           {Claims{SDKAppID: 1}, 1, "", ErrPermitUser},
		"a Chinese user":    {Claims{UserID: "李雷"}, 1, "", ErrPermitUser},
		"no room":           {claims, 0, "", ErrRoom},
		"two rooms":         {claims, 1, "x", ErrRoom},
		"a long name":       {claims, 0, long, ErrRoom},
		"a Chinese name":    {claims, 0, "房间", ErrRoom},
		"a large SDKAppID":  {Claims{UserID: "a", SDKAppID: 1 << 32}, 1, "", ErrSDKAppID},
		"the longest name":  {claims, 0, long[1:], nil},
		"the largest of it": {Claims{UserID: "a", SDKAppID: 1<<32 - 1}, 1<<32 - 1, "", nil},
	} {
		if _, err := test.claims.Admit(test.number, test.room, All); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
}

func TestPermitRefusesWhatIsNone(t *testing.T) {
	c, err := claims.Admit(0, "room", All)
	if err != nil {
		t.Fatal(err)
	}
	whole := c.UserBuf
	for i := range whole {
		if p, err := (Claims{UserBuf: whole[:i]}).Permit(); !errors.Is(err, ErrPermit) {
			t.Errorf("%d bytes: %+v, %v", i, p, err)
		}
	}
	for _, raw := range []string{whole + "x", "\x02" + whole[1:], "\x00" + whole[1:]} {
		if p, err := (Claims{UserBuf: raw}).Permit(); !errors.Is(err, ErrPermit) {
			t.Errorf("%q: %+v, %v", raw, p, err)
		}
	}
}

// FuzzRoundTrip: what was signed is read again, for every user and key; what was
// not signed never verifies and never panics.
func FuzzRoundTrip(f *testing.F) {
	f.Add("alice", uint64(1400000000), key, "eJyrVgrxCdYrzkxXslJQSszJTE5VqgUAP6cGSw__")
	f.Add("爱丽丝\n", uint64(0), "", "")
	f.Fuzz(func(t *testing.T, user string, app uint64, key, forged string) {
		if !utf8.ValidString(user) {
			return // encoding/json would replace it
		}
		want := Claims{SDKAppID: app, UserID: user, Issued: claims.Issued, Expire: claims.Expire}
		sig, err := Sign(want, key)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := Verify(sig, key); err != nil || got != want {
			t.Errorf("got %+v, %v", got, err)
		}
		if _, err := Verify(forged, key+"x"); err == nil {
			t.Errorf("%q verifies", forged)
		}
	})
}

// FuzzInspect: whatever it is given, it ends, and what it reads can be signed again.
func FuzzInspect(f *testing.F) {
	for _, v := range vectors {
		f.Add(v.userSig, "")
	}
	f.Add("eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwok5", `{"TLS.ver":"2.0"}`)
	f.Add("", `{"TLS.ver":"2.0","TLS.userbuf":"AAABYQ=="}`)
	f.Fuzz(func(t *testing.T, sig, text string) {
		for _, sig := range []string{sig, packed(t, text)} {
			ticket, err := Inspect(sig)
			if err != nil {
				continue
			}
			_, _ = ticket.Permit()
			again, err := Sign(ticket.Claims, key)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := Verify(again, key); err != nil || got != ticket.Claims {
				t.Errorf("got %+v, %v, want %+v", got, err, ticket.Claims)
			}
		}
	})
}
