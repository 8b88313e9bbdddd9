class ConversationGroupPlugin {
  constructor() {
    this.name = 'conversation-group';
  }
  dispose() {}
}

export { ConversationGroupPlugin as default };
