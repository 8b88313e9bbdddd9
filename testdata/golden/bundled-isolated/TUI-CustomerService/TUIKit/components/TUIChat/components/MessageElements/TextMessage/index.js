import { parseText } from '../../../../../utils/message-parse';

Component({
  properties: {
    message: {
      type: Object,
      value: {},
      observer(message) {
        this.setData({ parts: parseText(message) });
      },
    },
  },
  data: { parts: [] },
});
