import logger from '../../../../utils/logger';

Component({
  methods: {
    createGroup(name) {
      return wx.$TUIKit.createGroup({ type: wx.$TUIKitTIM.TYPES.GRP_WORK, name }).then(() => logger.log('group created'));
    },
  },
});
/* tuikit-cli:helpers require("@babel/runtime/helpers/interopRequireDefault") */
