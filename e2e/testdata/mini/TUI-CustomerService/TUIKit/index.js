Component({
  data: { showChat: false, conversationID: '' },
  methods: {
    init() { this.selectComponent('#TUIConversation').init(); },
    open(event) {
      this.setData({ showChat: true, conversationID: event.detail.currentConversationID }, () => this.selectComponent('#TUIChat').init());
    },
  },
});
