// Holds UserSigs against Tencent's own tls-sig-api-v2. JUDGE_MODULES names the folder whose
// node_modules has it.
//
//   node usersig.cjs sign  < CASES     prints what the package signs for each case
//   node usersig.cjs judge < CASES     prints, for each case, what is wrong with its userSig
//
// CASES: [{app, key, user, expire, room?, name?, bits?, userSig?}]
// The package does not verify: so it makes the document again, at the time that the ticket
// names, and all of it must be the same, byte for byte.
const { createRequire } = require('node:module');
const zlib = require('node:zlib');
const { Api } = createRequire(`${process.env.JUDGE_MODULES}/`)('tls-sig-api-v2');

function make({ app, key, user, expire, room, name, bits }) {
  const api = new Api(app, key);
  if (name) return api.genPrivateMapKeyWithStringRoomID(user, expire, name, bits);
  if (room) return api.genPrivateMapKey(user, expire, room, bits);
  return api.genUserSig(user, expire);
}

const open = (sig) => zlib.inflateSync(Buffer.from(sig.replace(/\*/g, '+').replace(/-/g, '/').replace(/_/g, '='), 'base64')).toString('utf8');

function judge(one) {
  const ours = open(one.userSig);
  const now = Date.now;
  Date.now = () => JSON.parse(ours)['TLS.time'] * 1000;
  const theirs = open(make(one));
  Date.now = now;
  return ours === theirs ? '' : `${ours}\nis not\n${theirs}`;
}

const cases = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(cases.map(process.argv[2] === 'sign' ? make : judge)));
