class FriendPlugin {
  constructor() {
    this.name = 'friend';
  }
  dispose() {}
}

export { FriendPlugin as default };
