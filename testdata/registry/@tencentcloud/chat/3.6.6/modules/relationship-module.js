class RelationshipModule {
  reset() {}
}

export { RelationshipModule as default };
