// A stand-in for the chat server at the other end of the socket, for the scenarios in which
// nothing of the SDK is replaced: it hears what the SDK sends, and agrees with everything.

const LOGIN = 'im_open_status.wslogin';
const LOGOUT = 'im_open_status.wslogout';
const nothing = () => {};

// One answer for every command: each reads its own fields and ignores the rest.
const body = () => ({
  ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '', ErrorDisplay: '',
  A2Key: 'a2key', TinyId: '144115198244471703', InstId: 1, HelloInterval: 120, TimeStamp: Math.floor(Date.now() / 1000),
  CompleteFlag: 1, Complete: 1, StartIndex: 0, NextStartIndex: 0, CurruentSequence: 0, CurrentStandardSequence: 0, StandardLatestSequence: 0,
  SessionItem: [], GroupIdList: [], UserProfileItem: [], SnsItem: [], BlackListItem: [], UserDataItem: [], MsgList: [],
});

const text = (data) => (typeof data === 'string' ? data : Buffer.from(data).toString('utf8'));
const binary = (value) => new Uint8Array(Buffer.from(JSON.stringify(value))).buffer;

export class Server {
  constructor(later) {
    this.later = later;
    this.frames = []; // {command, userID, userSig, sdkAppID}
  }

  // socket is what wx.connectSocket gives.
  socket() {
    const on = {};
    this.later(() => on.open && on.open({ header: {} }));
    return {
      onOpen: (fn) => { on.open = fn; },
      onMessage: (fn) => { on.message = fn; },
      onClose: (fn) => { on.close = fn; },
      onError: (fn) => { on.error = fn; },
      close: nothing,
      send: (o) => {
        if (o.success) o.success({});
        this.hear(JSON.parse(text(o.data)), (answer) => this.later(() => on.message && on.message({ data: binary(answer) })));
      },
    };
  }

  hear({ head }, answer) {
    this.frames.push({ command: head.servcmd, userID: head.identifier, userSig: head.usersig, sdkAppID: head.sdkappid });
    answer({ head, body: body() });
  }

  // sessions lists who came and who went, in order.
  sessions() {
    return this.frames.filter((f) => f.command === LOGIN || f.command === LOGOUT).map((f) => (f.command === LOGIN ? f.userID : 'logout'));
  }

  login(userID) { return this.frames.find((f) => f.command === LOGIN && f.userID === userID); }
}
