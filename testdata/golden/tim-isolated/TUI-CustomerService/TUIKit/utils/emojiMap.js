export const emojiMap = { '[微笑]': '🙂', '[OK]': '👌' };

export const emojiName = Object.keys(emojiMap);
