import logger from '../../../../utils/logger';
import constant from '../../../../utils/constant';

Component({
  properties: { conversation: { type: Object, value: {} } },
  data: { text: '' },
  methods: {
    send() {
      const group = this.data.conversation.type === wx.$TUIKitTIM.TYPES.CONV_GROUP;
      const message = wx.$TUIKit.createTextMessage({ to: group ? 'group' : 'peer', payload: { text: this.data.text } });
      return wx.$TUIKit.sendMessage(message).catch((error) => logger.log(constant.TEXT_FAILED, error));
    },
  },
});
/* tuikit-cli:helpers require("@babel/runtime/helpers/interopRequireDefault") */
