exports.text = () => 'solo';
