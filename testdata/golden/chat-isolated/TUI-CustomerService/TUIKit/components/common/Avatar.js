Component({
  properties: { url: { type: String, value: '' } },
});
