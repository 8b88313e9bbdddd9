class CloudSearchPlugin {
  constructor() {
    this.name = 'cloud-search';
  }
  dispose() {}
}

export { CloudSearchPlugin as default };
