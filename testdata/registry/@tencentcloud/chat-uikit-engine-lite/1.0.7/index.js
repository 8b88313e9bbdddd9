import TencentCloudChat from '@tencentcloud/lite-chat/basic';
import Avchatroom from '@tencentcloud/lite-chat/plugins/avchatroom';
import CloudSearch from '@tencentcloud/lite-chat/plugins/cloud-search';
import Conversation from '@tencentcloud/lite-chat/plugins/conversation';
import ConversationGroup from '@tencentcloud/lite-chat/plugins/conversation-group';
import Friend from '@tencentcloud/lite-chat/plugins/friend';
import Group from '@tencentcloud/lite-chat/plugins/group';
import MessageEnhancer from '@tencentcloud/lite-chat/plugins/message-enhancer';
import RichMediaMessage from '@tencentcloud/lite-chat/plugins/rich-media-message';
import Signaling from '@tencentcloud/lite-chat/plugins/signaling';

const TUIChatEngine = {
  plugins: [Avchatroom, CloudSearch, Conversation, ConversationGroup, Friend, Group, MessageEnhancer, RichMediaMessage, Signaling],
  create: (options) => TencentCloudChat.create(options),
};
const TUIStore = new Map();
export { TUIChatEngine, TUIStore, TUIChatEngine as default };
