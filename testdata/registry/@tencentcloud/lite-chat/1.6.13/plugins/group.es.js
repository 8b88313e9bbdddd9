class GroupPlugin {
  constructor() {
    this.name = 'group';
  }
  dispose() {}
}

export { GroupPlugin as default };
