Component({
  properties: { message: { type: Object, value: {} } },
});
