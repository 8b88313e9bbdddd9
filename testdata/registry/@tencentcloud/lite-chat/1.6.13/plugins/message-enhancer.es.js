class MessageEnhancerPlugin {
  constructor() {
    this.name = 'message-enhancer';
  }
  dispose() {}
}

export { MessageEnhancerPlugin as default };
