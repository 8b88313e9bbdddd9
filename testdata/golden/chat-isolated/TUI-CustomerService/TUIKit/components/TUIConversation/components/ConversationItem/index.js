import { caculateTimeago } from '../../../../utils/common';

const app = getApp();

Component({
  properties: { conversation: { type: Object, value: {} } },
  data: { avatar: '../../../../static/assets/group-avatar.svg' },
  methods: {
    isPeer: (conversation) => conversation.type === wx.TencentCloudChat.TYPES.CONV_C2C,
    since: (conversation) => caculateTimeago(conversation.lastTime * 1000),
    owner: () => (app && app.globalData ? app.globalData.userID : wx.$chat_userID),
  },
});
