<?php
// One command inside WordPress, as JSON on standard input: {"do": "install" | "fill" | "export" | "delete" | …}.
// The answer is JSON on standard output (of "export" the export itself). Everything it makes is fictional.
$_SERVER['HTTP_HOST'] = '127.0.0.1:' . getenv('WP_TEST_PORT');
$_SERVER['SERVER_NAME'] = '127.0.0.1';
$asked = json_decode(stream_get_contents(STDIN), true);
if ($asked['do'] === 'install') {
    define('WP_INSTALLING', true);
}
function wp_mail() {
    return true; // nobody is written to
}
require getenv('WP_TEST_SITE') . '/wp-load.php';

switch ($asked['do']) {
    case 'install':
        require_once ABSPATH . 'wp-admin/includes/upgrade.php';
        wp_install('The Loom', 'rani', 'rani@loom.example', true, '', 'a-password-of-the-tests');
        global $wp_rewrite;
        update_option('permalink_structure', $asked['pretty'] ? '/%year%/%postname%/' : '');
        update_option('timezone_string', 'Asia/Jakarta');
        $wp_rewrite->init();
        $wp_rewrite->flush_rules(true);
        foreach (['thread_comments' => 1, 'thread_comments_depth' => 10, 'page_comments' => 0, 'posts_per_rss' => 50,
                  'comment_moderation' => 0, 'comment_previously_approved' => 0, 'comments_notify' => 0,
                  'moderation_notify' => 0] as $name => $value) {
            update_option($name, $value);
        }
        wp_update_user(['ID' => 1, 'display_name' => 'Rani Wulan']);
        wp_delete_post(1, true);
        wp_delete_post(2, true);
        wp_delete_post(3, true);
        answer(['version' => get_bloginfo('version')]);
    case 'users':
        foreach ($asked['users'] as $one) {
            wp_insert_user(['user_login' => $one['login'], 'user_pass' => wp_generate_password(),
                'display_name' => $one['name'], 'user_email' => $one['email'], 'role' => $one['role']]);
        }
        answer([]);
    case 'password':
        $user = get_user_by('login', $asked['login']);
        [$password] = WP_Application_Passwords::create_new_application_password($user->ID, ['name' => 'permadani']);
        answer(['password' => $password]);
    case 'posts':
        answer(['posts' => array_map('new_post', $asked['posts'])]);
    case 'comments':
        answer(['ids' => new_comments($asked['post'], $asked['comments'])]);
    case 'delete':
        wp_delete_comment($asked['comment'], true);
        answer([]);
    case 'trash':
        wp_trash_comment($asked['comment']);
        answer([]);
    case 'unpublish':
        wp_trash_post($asked['post']);
        answer([]);
    case 'export':
        require_once ABSPATH . 'wp-admin/includes/export.php';
        ob_start();
        export_wp(['content' => 'all']);
        exit;
}

function new_post(array $asked): array
{
    // as the editor does it: a draft first, whose address with its number stays its id
    $id = wp_insert_post(['post_title' => $asked['title'], 'post_content' => $asked['content'],
        'post_author' => get_user_by('login', $asked['author'])->ID, 'post_status' => 'draft',
        'post_type' => $asked['type'] ?? 'post', 'post_password' => $asked['password'] ?? '',
        'comment_status' => $asked['comments_are'] ?? 'open'], true);
    wp_update_post(['ID' => $id, 'post_status' => $asked['status'] ?? 'publish', 'edit_date' => true,
        'post_date_gmt' => $asked['date'], 'post_date' => get_date_from_gmt($asked['date'])]);
    return ['id' => $id, 'comments' => new_comments($id, $asked['comments'] ?? [])];
}

function new_comments(int $post, array $comments): array
{
    $made = [];
    foreach ($comments as $one) {
        $user = isset($one['login']) ? get_user_by('login', $one['login']) : null;
        $made[] = wp_insert_comment(['comment_post_ID' => $post, 'comment_content' => $one['text'],
            'comment_parent' => isset($one['parent']) ? $made[$one['parent']] : 0,
            'comment_author' => _wp_specialchars($user ? $user->display_name : ($one['name'] ?? '')), // as the form does
            'comment_author_email' => $user ? $user->user_email : ($one['email'] ?? ''),
            'comment_author_url' => $one['url'] ?? '', 'comment_author_IP' => '192.0.2.7',
            'comment_agent' => 'Loom/1', 'comment_type' => $one['type'] ?? 'comment',
            'comment_approved' => $one['status'] ?? 1, 'user_id' => $user ? $user->ID : 0,
            'comment_date_gmt' => $one['date'], 'comment_date' => get_date_from_gmt($one['date'])]);
    }
    return $made;
}

function answer(array $told): never
{
    echo json_encode($told);
    exit;
}
