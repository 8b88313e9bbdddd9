import { emojiMap } from './emojiMap';

export function parseText(message) {
  return message.payload.text.split(/(\[.+?\])/).map((part) => emojiMap[part] || part);
}
