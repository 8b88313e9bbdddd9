import { now } from './time';

export function stamp(text) {
  return `${text} ${now()}`;
}

export default stamp;
