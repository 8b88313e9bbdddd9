package usersig

import (
	"strings"
	"testing"
	"time"
)

// vectors were made by npm's tls-sig-api-v2 1.0.2 on Node 20, with Date.now fixed at
// 1700000000000, as new Api(1400000000, key).CALL; document is what inflateSync of zlib finds
// in the UserSig.
var vectors = []struct {
	call     string
	userSig  string
	document string
	claims   Claims // without UserBuf
	room     uint32
	name     string
	rights   Privileges
	buf      string // UserBuf that is no permit
}{{
	call:     `genUserSig('alice', 604800)`,
	userSig:  "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwok5mcmpUInilOzEgoLMFCUrQxMDKIDIlGTmpipZGZqjiqZWFGQWpSpZmRmYWMDEijPTlayUsiJ8LIIM-bPC3ZKy8kzKnEySXVLMnA1STNwCzY38wpMsjc1KnUx8yp28Am2VagGT0y9d",
	document: `{"TLS.ver":"2.0","TLS.identifier":"alice","TLS.sdkappid":1400000000,"TLS.time":1700000000,"TLS.expire":604800,"TLS.sig":"jXL8R1OjWFbjn4vB4cDd6C0d4FQ72NWb936uB4LwBJQ="}`,
	claims:   claims,
}, {
	call:     `genUserSig('a<b>&"\\é 李', 60)`,
	userSig:  "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwok2SXZqMUoxMYdXKjyb2wdVUpySnVhQkJmiZGVoYgAFEJmSzNxUJStDc1TR1IqCzKJUJSszKL84M13JSinJx8tSP9yy3NLR0dcgJTM5JS-ZuDDfwNsjM8rMRD87K8rbNNgrrCi70sjCVqkWAIMVM2g_",
	document: `{"TLS.ver":"2.0","TLS.identifier":"a<b>&\"\\é 李","TLS.sdkappid":1400000000,"TLS.time":1700000000,"TLS.expire":60,"TLS.sig":"bLJ9/W9w9AAM0dicdnc3qo0KHiZ64/kjZK5SJVrky28="}`,
	claims:   Claims{SDKAppID: 1400000000, UserID: `a<b>&"\é 李`, Issued: claims.Issued, Expire: time.Minute},
}, {
	call:     `genSig('alice', 604800, Buffer.from('hi\x00'))`,
	userSig:  "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwok5mcmpUInilOzEgoLMFCUrQxMDKIDIlGTmpipZGZqjiqZWFGQWpSpZmRmYWMDESotTi5JK00Amu2c7wgzOTFeyUtKOys3MqaoKMiyszKhM8c51Kyv1jSxM8chwMTQqyo5Kz6w0TfYyjkxxK0i3VaoFAAsIOFo_",
	document: `{"TLS.ver":"2.0","TLS.identifier":"alice","TLS.sdkappid":1400000000,"TLS.time":1700000000,"TLS.expire":604800,"TLS.userbuf":"aGkA","TLS.sig":"+ZmilzzR1qyhydKmFvuMYqdHhD12rkZgiy5cJ3YdFpg="}`,
	claims:   claims,
	buf:      "hi\x00",
}, {
	call:     `genPrivateMapKey('alice', 300, 4294967295, 42)`,
	userSig:  "eJxVjcsKglAURf-lTA21m5ZdcHAwDLIm5QOHPq5xsCummUL075HpoDXba7PZL-CPF-UpGuDAVB0WY6ZcVA8qaNTJjTIxFW1eJnVNOfCloU-8mgdJAXy5*bdiqKkRwFez6FrRpF0BHBDRjaOhjlnoZ6WB2hcW*hb1iIh3HLHt*Zmu39HaNKttqimu4iiBww6nvWTH2Nt1FMqol5YXnYOgSI0T2vD*AEN4Pxc_",
	document: `{"TLS.ver":"2.0","TLS.identifier":"alice","TLS.sdkappid":1400000000,"TLS.time":1700000000,"TLS.expire":300,"TLS.userbuf":"AAAFYWxpY2VTck4A/////2VT8iwAAAAqAAAAAA==","TLS.sig":"A655n9b/+F+C+UC2JMGm2LYKDuiVmWwm8KWRUUfb4MA="}`,
	claims:   shortClaims,
	room:     4294967295,
	rights:   Join | ReceiveAudio | ReceiveVideo,
}, {
	call:     `genPrivateMapKeyWithStringRoomID('alice', 300, '1000000040', 255)`,
	userSig:  "eJxVjssKglAURf-ljMN8kXbBwQl7mkJ0sxpa3uKg2cUyrejfIx*DNuzBXnuy3sCXa*UhcmCgKyr06k2xyO50ohpHKR1Fe9ziJJKSYmCaqbZpnjtdBDDN*qeikpQLYEYHipvID8UJGOAKJ-ttJfd6yI*JiXWmIbepRES33wD0fI6l79ZVfXSczoTOP*VhRKk9NgezhVfJMr0*k5eVbXVpZIGZjg47axcUwdxNNlcHPl*6DkW9",
	document: `{"TLS.ver":"2.0","TLS.identifier":"alice","TLS.sdkappid":1400000000,"TLS.time":1700000000,"TLS.expire":300,"TLS.userbuf":"AQAFYWxpY2VTck4AAAAAAGVT8iwAAAD/AAAAAAAKMTAwMDAwMDA0MA==","TLS.sig":"29ail8E46HJKxpwloykz7nW2p3nN4lBbX7XNuNIDkUo="}`,
	claims:   shortClaims,
	name:     "1000000040",
	rights:   All,
}}

var shortClaims = Claims{SDKAppID: 1400000000, UserID: "alice", Issued: claims.Issued, Expire: 5 * time.Minute}

// TestTheirsIsReadByUs: what the npm package has signed says and proves here what it should.
func TestTheirsIsReadByUs(t *testing.T) {
	for _, v := range vectors {
		t.Run(v.call, func(t *testing.T) {
			got, err := Verify(v.userSig, key)
			if err != nil {
				t.Fatal(err)
			}
			buf := got.UserBuf
			got.UserBuf = ""
			if got != v.claims {
				t.Errorf("got %+v, want %+v", got, v.claims)
			}
			if _, err := Verify(v.userSig, key+"0"); err == nil {
				t.Error("it verifies with another key, too")
			}
			permit, err := Claims{UserBuf: buf}.Permit()
			if v.rights == 0 {
				if buf != v.buf || err == nil {
					t.Errorf("UserBuf %q (%+v), want %q", buf, permit, v.buf)
				}
				return
			}
			want := Permit{UserID: "alice", SDKAppID: 1400000000, RoomID: v.room, Room: v.name, Expires: v.claims.Expires(), Privileges: v.rights}
			if err != nil || permit != want {
				t.Errorf("permit %+v (%v), want %+v", permit, err, want)
			}
		})
	}
}

// TestOursIsTheirs: the document, signature and all, is the npm package's byte for byte.
func TestOursIsTheirs(t *testing.T) {
	for _, v := range vectors {
		t.Run(v.call, func(t *testing.T) {
			c, err := v.claims, error(nil)
			if c.UserBuf = v.buf; v.rights != 0 {
				if c, err = c.Admit(v.room, v.name, v.rights); err != nil {
					t.Fatal(err)
				}
			}
			sig, err := Sign(c, key)
			if err != nil {
				t.Fatal(err)
			}
			plain, err := unpack(sig)
			if err != nil || string(plain) != v.document {
				t.Errorf("%v\n got %s\nwant %s", err, plain, v.document)
			}
			if strings.ContainsAny(sig, "+/=") {
				t.Errorf("%q is not safe in a URL", sig)
			}
		})
	}
}
