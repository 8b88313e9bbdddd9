export function caculateTimeago(time) {
  const minutes = Math.floor((Date.now() - time) / 60000);
  return minutes < 1 ? '刚刚' : `${minutes} 分钟前`;
}
