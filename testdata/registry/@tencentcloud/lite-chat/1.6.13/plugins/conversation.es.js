class ConversationPlugin {
  constructor() {
    this.name = 'conversation';
  }
  dispose() {}
}

export { ConversationPlugin as default };
