import logger from '../../utils/logger';

Component({
  properties: { conversation: { type: Object, value: {} } },
  data: { members: [] },
  lifetimes: {
    attached() {
      wx.$TUIKit.getGroupMemberList({ groupID: this.data.conversation.conversationID }).then((res) => {
        logger.log('members', res.data.memberList.length, wx.$chat_userID);
        this.setData({ members: res.data.memberList });
      });
    },
  },
});
/* tuikit-cli:helpers require("@babel/runtime/helpers/interopRequireDefault") */
