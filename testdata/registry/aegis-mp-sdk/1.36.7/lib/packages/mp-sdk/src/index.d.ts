export default class Aegis {
  constructor(options: { id: string });
  reportEvent(event: object): void;
}
