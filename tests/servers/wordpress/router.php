<?php
// For PHP's own web server: files as they are, everything else to WordPress. What the file "closed" beside the site names
// (a prefix of the path, one a line) is refused, as security plugins do.
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$closed = @file(dirname($_SERVER['DOCUMENT_ROOT']) . '/closed', FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES) ?: [];
foreach ($closed as $prefix) {
    if (str_starts_with($path, $prefix)) {
        http_response_code(403);
        header('Content-Type: application/json');
        echo '{"code":"rest_disabled","message":"closed","data":{"status":403}}';
        return;
    }
}
$file = $_SERVER['DOCUMENT_ROOT'] . $path;
if (is_file($file) && !str_ends_with($path, '.php')) {
    return false;
}
if (is_file($file)) {
    chdir(dirname($file));
    require $file;
    return;
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
chdir($_SERVER['DOCUMENT_ROOT']);
require $_SERVER['DOCUMENT_ROOT'] . '/index.php';
