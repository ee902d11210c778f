// The settings of alerts: a new channel's hours are those of the browser's own time zone, unless another is named.
{
  const zone = document.querySelector("input[data-zone]");
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && zone.value === "UTC" && here) zone.value = here;
}
