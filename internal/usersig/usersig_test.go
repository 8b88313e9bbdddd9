package usersig

import (
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

func TestVerifyRefusesWhatIsNone(t *testing.T) {
	for _, sig := range []string{"", "hello", "*-_", "eJw_"} {
		if _, err := Verify(sig, key); !errors.Is(err, ErrFormat) {
			t.Errorf("%q: %v", sig, err)
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
