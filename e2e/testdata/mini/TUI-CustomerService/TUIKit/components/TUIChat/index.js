Component({
  properties: { conversationID: { type: String, value: '', observer(id) { this.setData({ title: id }); } } },
  methods: {
    init() { wx.$TUIKit.setMessageRead({ conversationID: this.data.conversationID }); },
  },
});
