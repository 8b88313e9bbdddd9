class SignalingPlugin {
  constructor() {
    this.name = 'signaling';
  }
  dispose() {}
}

export { SignalingPlugin as default };
