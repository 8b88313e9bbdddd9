class RichMediaMessagePlugin {
  constructor() {
    this.name = 'rich-media-message';
  }
  dispose() {}
}

export { RichMediaMessagePlugin as default };
