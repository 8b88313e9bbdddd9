import { emojiName, emojiMap } from '../../../../../utils/emojiMap';

Component({
  data: { emojiName, emojiMap },
});
