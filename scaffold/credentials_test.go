package scaffold

import "testing"

func TestReadConfig(t *testing.T) {
	for source, want := range map[string]Config{
		"export default {\n  SDKAPPID: 1400000000,\n  userID: 'a',\n};":                                                     {SDKAppID: 1400000000, UserID: "a"},
		"export default { SDKAPPID: 0, userID: '', SECRETKEY: '' };":                                                        {},
		"module.exports = { SDKAPPID: '1600000001', userID: \"a\" };":                                                       {SDKAppID: 1600000001, UserID: "a"},
		"export default {\n  // SDKAPPID: 1400000001 in former times\n  SDKAPPID: 1600000001, userID: 'a' };":               {SDKAppID: 1600000001, UserID: "a"},
		"export default { SDKAPPID: 1, userID: 'a', userSig: 'eJx', };":                                                     {SDKAppID: 1, UserID: "a", UserSig: "eJx"},
		"export default { SDKAPPID: 1, userID: 'a', userSigURL: 'https://\\u0061.cn/\\'s' }; // userSigURL: 'https://b.cn'": {SDKAppID: 1, UserID: "a", URL: "https://a.cn/'s"},
		"export default { SDKAPPID: 1, userID: 'a', SECRETKEY: 'k' };":                                                      {SDKAppID: 1, UserID: "a", HasKey: true},
		"export default { SDKAPPID: 1, userID: 'a', SECRETKEY: key() };":                                                    {SDKAppID: 1, UserID: "a", HasKey: true},
		"export default { SDKAPPID: 14e8, userID: 'a' };":                                                                   {UserID: "a", Rewritten: true},
		"export default { SDKAPPID: 99999999999999999999, userID: 'a' };":                                                   {UserID: "a", Rewritten: true},
		"export default { SDKAPPID: 'mine', userID: 'a' };":                                                                 {UserID: "a", Rewritten: true},
		"export default { SDKAPPID: 1, userID: env.user };":                                                                 {SDKAppID: 1, Rewritten: true},
		"export default { SDKAPPID: 1, userID: 'a', userSigURL: base + '/sig' };":                                           {SDKAppID: 1, UserID: "a", Rewritten: true},
		"config.SDKAPPID = 20000001":                                                                                        {Rewritten: true},
		"":                                                                                                                  {Rewritten: true},
	} {
		got := ReadConfig([]byte(source))
		got.signed = want.signed
		if got != want {
			t.Errorf("%s: %+v, want %+v", source, got, want)
		}
	}
}
