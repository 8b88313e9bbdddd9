// Verifies a UserSig with Tencent's own tls-sig-api-v2. The package signs but does not
// verify: so the ticket is opened and its signature computed again by the package.
import zlib from 'node:zlib';

const base64 = (sig) => sig.replace(/\*/g, '+').replace(/-/g, '/').replace(/_/g, '=');

export function openUserSig(sig) {
  return JSON.parse(zlib.inflateSync(Buffer.from(base64(sig), 'base64')).toString('utf8'));
}

// verifyUserSig returns what is wrong with sig, or ''.
export function verifyUserSig(Api, sig, { sdkAppID, userID, key, now = Date.now() / 1000 }) {
  let ticket;
  try { ticket = openUserSig(sig); } catch (e) { return `not a UserSig: ${e.message}`; }
  const time = ticket['TLS.time'];
  const expire = ticket['TLS.expire'];
  const expected = new Api(sdkAppID, key)._hmacsha256(userID, time, expire, null);
  if (ticket['TLS.identifier'] !== userID) return `signed for ${ticket['TLS.identifier']}, not ${userID}`;
  if (String(ticket['TLS.sdkappid']) !== String(sdkAppID)) return `signed for SDKAppID ${ticket['TLS.sdkappid']}, not ${sdkAppID}`;
  if (ticket['TLS.sig'] !== expected) return 'the signature does not fit the key';
  if (!(time <= now + 60) || !(time + expire > now)) return `not valid now: time ${time}, expire ${expire}`;
  return '';
}
