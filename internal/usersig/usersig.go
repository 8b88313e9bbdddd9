// Package usersig makes and checks a UserSig, the password with which a user
// signs in to Tencent Cloud Chat.
//
// The format is TLSSigAPIv2 of cloud.tencent.com/document/product/269/32688: a
// zlib-compressed JSON object in a base64 alphabet that is safe in a URL, signed
// with HMAC-SHA256 under the SecretKey of the application. Tencent's own Go
// module is not to be had from the module proxy, hence this one; the end-to-end
// tests hold it against Tencent's npm package.
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
	"strings"
	"time"
)

// Claims is what a UserSig says.
type Claims struct {
	SDKAppID uint64
	UserID   string
	Issued   time.Time     // whole seconds
	Expire   time.Duration // whole seconds
}

// What is wrong with a UserSig.
var (
	ErrFormat    = errors.New("not a UserSig")
	ErrSignature = errors.New("the UserSig was not signed with this SecretKey")
)

type document struct {
	Version    string `json:"TLS.ver"`
	Identifier string `json:"TLS.identifier"`
	SDKAppID   uint64 `json:"TLS.sdkappid"`
	Expire     int64  `json:"TLS.expire"`
	Time       int64  `json:"TLS.time"`
	Signature  string `json:"TLS.sig"`
}

var (
	toURL   = strings.NewReplacer("+", "*", "/", "-", "=", "_")
	fromURL = strings.NewReplacer("*", "+", "-", "/", "_", "=")
)

// Sign makes a UserSig for the claims.
func Sign(c Claims, secretKey string) (string, error) {
	doc := document{
		Version: "2.0", Identifier: c.UserID, SDKAppID: c.SDKAppID,
		Expire: int64(c.Expire / time.Second), Time: c.Issued.Unix(),
	}
	doc.Signature = signature(doc, secretKey)
	plain, err := json.Marshal(doc)
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

// Verify reads a UserSig and checks its signature: ErrFormat, ErrSignature.
// Whether it has expired is for the caller to say, who knows the time.
func Verify(userSig, secretKey string) (Claims, error) {
	packed, err := base64.StdEncoding.DecodeString(fromURL.Replace(userSig))
	if err != nil {
		return Claims{}, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	r, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return Claims{}, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	plain, err := io.ReadAll(io.LimitReader(r, 1<<20))
	if err != nil {
		return Claims{}, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	var doc document
	if err := json.Unmarshal(plain, &doc); err != nil {
		return Claims{}, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	claims := Claims{SDKAppID: doc.SDKAppID, UserID: doc.Identifier, Issued: time.Unix(doc.Time, 0), Expire: time.Duration(doc.Expire) * time.Second}
	if !hmac.Equal([]byte(signature(doc, secretKey)), []byte(doc.Signature)) {
		return claims, ErrSignature
	}
	return claims, nil
}

func signature(doc document, secretKey string) string {
	mac := hmac.New(sha256.New, []byte(secretKey))
	fmt.Fprintf(mac, "TLS.identifier:%s\nTLS.sdkappid:%d\nTLS.time:%d\nTLS.expire:%d\n", doc.Identifier, doc.SDKAppID, doc.Time, doc.Expire)
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
