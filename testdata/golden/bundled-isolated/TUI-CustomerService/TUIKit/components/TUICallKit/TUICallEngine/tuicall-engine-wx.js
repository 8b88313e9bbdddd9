import { TRTC, TIM, TSignaling } from './libSrcConfig';

const EVENT = { INVITED: 'invited', SDK_READY: TIM.EVENT.SDK_READY };
const STATUS = { IDLE: 'idle', CALLING: 'calling' };

class TUICallEngine {
  constructor({ tim, sdkAppID }) {
    this.signaling = new TSignaling({ tim, SDKAppID: sdkAppID });
    this.room = new TRTC();
    this.handlers = {};
  }
  static createInstance(options) {
    return new TUICallEngine(options);
  }
  on(name, handler) {
    this.handlers[name] = handler;
  }
}

export { EVENT, STATUS, TUICallEngine, TUICallEngine as default };
/* tuikit-cli:helpers require("@babel/runtime/helpers/classCallCheck") require("@babel/runtime/helpers/createClass") require("@babel/runtime/helpers/interopRequireDefault") require("@babel/runtime/helpers/interopRequireWildcard") */
