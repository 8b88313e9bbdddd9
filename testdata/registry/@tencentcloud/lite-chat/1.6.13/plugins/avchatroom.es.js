class AvchatroomPlugin {
  constructor() {
    this.name = 'avchatroom';
  }
  dispose() {}
}

export { AvchatroomPlugin as default };
