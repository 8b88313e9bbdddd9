class GroupModule {
  reset() {}
}

export { GroupModule as default };
