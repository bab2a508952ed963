/**
 * What the server refuses, in Chinese, by its English words; {name} stands for what differs from case to case. What only programs and
 * the command line meet has no words here. testing/problem-words.test.ts asks for those of every room that serves screens.
 */
export const PROBLEMS_IN_CHINESE: readonly (readonly [english: string, chinese: string])[] = [
  // titles
  ["Bad request", "请求有误"],
  ["Not signed in", "未登录"],
  ["Not allowed", "没有权限"],
  ["Not found", "不存在"],
  ["Not possible as things stand", "目前不可行"],
  ["Not kept any more", "已不再保留"],
  ["Too large", "过大"],
  ["Version missing", "缺少版本"],
  ["Too many requests", "请求过多"],
  ["Something went wrong", "出错了"],
  ["Not available now", "暂时不可用"],
  ["Somebody was faster", "有人先了一步"],
  ["The preview is out of date", "预览已过期"],

  // everywhere
  ["The request could not be executed; the log tells why.", "无法执行此请求，原因见系统日志。"],
  ["Sign in, or send an API key as a bearer token.", "请先登录，或以 Bearer 令牌发送 API 密钥。"],
  ["You do not have the right to do this.", "您没有此操作的权限。"],
  ['Name the version that you saw: If-Match: "7".', '请写明您所见的版本：If-Match: "7"。'],
  ["Writes are taken from Tidewatch's own pages only.", "只接受来自 Tidewatch 自身页面的修改。"],
  ["The database is away; try again.", "数据库暂时不可用，请重试。"],
  ["The system is stopping; {again} again.", "系统正在停止，请重试。"],
  ["The {where} cannot be used: {named}", "{where}无法使用：{named}"],
  ["body", "内容"],
  ["query", "查询条件"],
  ["path", "地址"],
  [
    "The cursor is not one that a previous page gave. Start without one.",
    "翻页标记不是由前一页给出的，请从头开始。",
  ],
  ["The dates lie between none: from is after to. Exchange them.", "起始日期晚于结束日期，请互换。"],
  [
    "There are no such acts: name one like session.sign-in, or all of them by their noun.",
    "没有这样的操作：请写明一种（如 session.sign-in），或只写其名词表示全部。",
  ],
  ["{count} events wait to be committed; send again.", "有 {count} 个事件等待提交，请重试。"],
  ["{count} bytes wait to be committed; send again.", "有 {count} 字节等待提交，请重试。"],
  [
    "The commit did not succeed, or its success is not known; send again.",
    "提交未成功，或结果未知，请重试。",
  ],

  ["The writer is starting again; send again.", "写入程序正在重新启动，请重试。"],
  ["Another process is the writer; send to it, or again later.", "写入由另一个进程负责，请稍后重试。"],
  [
    "The writer is getting ready or the database is away; send again.",
    "写入程序尚未就绪或数据库不可用，请重试。",
  ],
  ["The body is larger than {size}.", "内容超过 {size}。"],

  // personal data
  [
    "This customer is not to be called now. Say that you mean it all the same, and it is kept in the audit log.",
    "目前不应致电此客户。若仍要致电，请确认；此举会记入审计日志。",
  ],
  ["No telephone of this customer is known.", "没有此客户的电话。"],
  ["No name of this customer is known.", "没有此客户的姓名。"],
  [
    "You have looked at {limit} different lists with names or telephones within an hour, which is all that is allowed. Send one of them again, leave these columns out, or go on in {minutes} min.",
    "您在一小时内已查看 {limit} 份含姓名或电话的不同名单，达到允许的上限。请重新使用其中一份、去掉这些列，或在 {minutes} 分钟后继续。",
  ],
  [
    "You have written names or telephones into single rows {limit} times within an hour, which is all that is allowed. Import them as a list, or go on in {minutes} min.",
    "您在一小时内已 {limit} 次为单个客户填写姓名或电话，达到允许的上限。请用名单导入，或在 {minutes} 分钟后继续。",
  ],
  [
    "You have searched for {limit} different names, telephones or covers within an hour, which is all that is allowed. Search by customer number, or go on later.",
    "您在一小时内已搜索 {limit} 个不同的姓名、电话或保障，达到允许的上限。请改按客户号搜索，或稍后再试。",
  ],
  [
    "You have revealed {limit} fields within an hour, which is all that is allowed. Go on later, or ask an administrator.",
    "一小时内您已查看 {limit} 项，已达上限。请稍后再试，或联系管理员。",
  ],
  ["say in words why, when the reason is another one", "选择其他原因时，请说明原因"],
  // API keys
  ["There is no such API key.", "没有这个 API 密钥。"],
  [
    'The name "{name}" is kept for a key that Tidewatch makes by itself.',
    "名称“{name}”保留给 Tidewatch 自己创建的密钥。",
  ],
  ["The key would have expired already: name a time to come.", "密钥一创建便已过期，请选择将来的时间。"],
  [
    "Tidewatch makes this key by itself: give INIT_API_KEY another value and start again.",
    "此密钥由 Tidewatch 自己创建：请更改 INIT_API_KEY 的值并重新启动。",
  ],
  ["This API key was revoked: make another one.", "此 API 密钥已吊销，请另建一个。"],
  ["This API key has expired: make another one.", "此 API 密钥已过期，请另建一个。"],
  [
    "This API key was rotated already: rotate the one that takes its place.",
    "此 API 密钥已轮换，请轮换接替它的密钥。",
  ],
  ["This API key is revoked already.", "此 API 密钥早已吊销。"],
  [
    "This API key may send {limit} requests a minute; send again in {seconds} s.",
    "此 API 密钥每分钟最多发送 {limit} 个请求，请在 {seconds} 秒后重试。",
  ],

  // signing in
  ["Write an e-mail address, such as name@example.com.", "请填写邮箱地址，例如 name@example.com。"],
  ["The password needs at least {least} characters.", "密码至少需要 {least} 个字符。"],
  ["The password has more than {most} characters.", "密码超过 {most} 个字符。"],
  [
    "The password is easy to guess: take several words that have nothing to do with each other or with you.",
    "密码容易被猜到：请用几个彼此无关、也与您无关的词。",
  ],
  [
    "The name holds a character that cannot be seen: write it without control marks.",
    "姓名含有不可见的字符，请去掉控制符。",
  ],
  ["The name needs a letter or a digit.", "姓名须含有字母或数字。"],
  ["The name is longer than {most} characters.", "姓名超过 {most} 个字符。"],
  [
    "The user name is 2 to 30 letters (a to z), digits, dots or underscores.",
    "用户名为 2 至 30 个字母（a 至 z）、数字、点或下划线。",
  ],
  ["Sign in first.", "请先登录。"],
  [
    "This needs a second factor: open /enrol in your browser, or sign in with yours.",
    "此操作需要两步验证：请在浏览器中打开 /enrol 进行设置，或使用验证码登录。",
  ],
  ["Sign in with your second factor first.", "请先使用两步验证登录。"],
  [
    "This sign-in does not hold any more. Begin again with your password.",
    "此次登录已失效，请从密码开始重新登录。",
  ],
  [
    "That code is not right. Take the one that your app shows now.",
    "验证码不正确，请输入应用当前显示的验证码。",
  ],
  ["That code was used already. Wait for the next one.", "此验证码已使用过，请等待下一个。"],
  ["That is none of your recovery codes, or it was used already.", "这不是您的恢复码，或已使用过。"],
  [
    "You have a second factor already: remove it before you enrol another one.",
    "您已设置两步验证，请先移除再重新设置。",
  ],
  ["Begin anew: no second factor is waiting.", "没有正在进行的设置，请重新开始。"],
  [
    "You have no password here, and signed in more than ten minutes ago. Sign in once more, then do this.",
    "您在此处没有密码，且上次登录已超过十分钟。请重新登录后再操作。",
  ],
  [
    "The people of the demo are everybody's: a second factor would keep the others out.",
    "演示人员供所有人使用，设置两步验证会使他人无法登录。",
  ],
  ["The password is not right.", "密码不正确。"],
  ["There is somebody with this name already: add what tells the two apart.", "已有同名人员，请加以区分。"],
  ["You have no such session: it has ended already.", "没有此会话：它已经结束。"],
  ["There is no such address.", "没有这个地址。"],
  ["Use Tidewatch's own pages for this.", "请在 Tidewatch 自身的页面上操作。"],
  ["That name and that password do not belong together.", "用户名与密码不匹配。"],
  ["The present password is not right.", "当前密码不正确。"],
  ["The new password is the present one: choose another.", "新密码与当前密码相同，请另选一个。"],
  ["Too many people sign in at this moment; try again.", "此刻登录的人太多，请重试。"],
  [
    "The name holds a sign of addresses (a slash or www.): mail programs would make a link of it.",
    "名称中含有网址符号（斜杠或 www.），邮件程序会将其变为链接：请去掉这些符号。",
  ],
  [
    "The audit log calls something else by this name: take another one.",
    "审计日志用此名称指代其他对象：请换一个名称。",
  ],
  ["Too many lists are being looked at at this moment; try again.", "此刻正在处理的名单太多，请重试。"],
  [
    "A person may write {count} times a minute; go on in {seconds} s.",
    "每人每分钟最多写入 {count} 次，请在 {seconds} 秒后继续。",
  ],
  ["Too many tries {where}; wait a little.", "尝试次数过多，请稍候。"],
  ["Sign in with a body of the type application/json.", "登录内容的类型须为 application/json。"],
  ["The body is not JSON.", "内容不是 JSON。"],
  ["The body is not UTF-8.", "内容不是 UTF-8。"],
  [
    "{count} requests of yours are being answered; send again once they are.",
    "您有 {count} 个请求正在处理，请稍后重试。",
  ],
  [
    "Another look of yours is being taken; ask again once it is done.",
    "您的另一次查看正在处理，请稍后重试。",
  ],
  [
    "The import log counts the whole list, and you see a part of it.",
    "导入记录涉及整个名单，而您只能查看其中一部分。",
  ],
  ["Do this on the page of your own account.", "请在您自己的账号页面操作。"],
  ["{field}: the number loses digits; send it as a text.", "{field}：该数字会丢失位数，请以文本发送。"],
  ["The {where} holds a NUL character or half of a surrogate pair.", "{where}含有空字符或不完整的字符。"],
  ["The body cannot be used: look at {fields}.", "内容无法使用，请检查 {fields}。"],
  ["The key cannot be checked: the database does not answer.", "无法核对密钥：数据库没有应答。"],
  ["There is somebody with this e-mail address or user name already.", "此邮箱或用户名已有人使用。"],
  ["There is somebody with this name already: add what tells the two apart.", "已有同名的人，请加以区分。"],
  [
    "Addresses of tidewatch.demo are the demo's own: give another one.",
    "tidewatch.demo 的地址属于演示环境，请另用一个。",
  ],
  [
    "This link has been used or replaced. Restart the system to get a new one.",
    "此链接已被使用或替换，重启系统可获得新链接。",
  ],

  // the board
  ["There is no business hour {hour}: write yyyyMMddHH.", "没有营业时段 {hour}，格式为 yyyyMMddHH。"],
  ["The business date is written yyyy-mm-dd.", "日期格式为 yyyy-mm-dd。"],
  ["The day {date} has no revision {revision}.", "{date} 没有第 {revision} 次修订。"],
  ["Somebody revised this day after you saw it.", "在您查看之后，已有人修订了这一天。"],
  [
    "This day is open: its late orders can be applied once it has closed.",
    "这一天尚未关账，关账后才能计入迟到的订单。",
  ],
  ["This day has no late orders.", "这一天没有迟到的订单。"],
  ["The day is still being written; try again in a moment.", "这一天仍在写入，请稍后重试。"],
  [
    "The orders of {date} are older than is kept (KEEP_ORDERS); its figures stay as they are.",
    "{date} 的订单已超过保留期（KEEP_ORDERS），数字保持不变。",
  ],
  [
    "What moved this hour is older than the log that is kept (KEEP_LOG).",
    "这一小时的变动已超过日志保留期（KEEP_LOG）。",
  ],
  ["Other days are being computed; try again.", "正在计算其他日期，请重试。"],

  // the retention desk
  ["There is no such case.", "没有这条跟进记录。"],
  ["{who} was faster: the case is {state} now.", "{who} 先了一步：此客户现在的状态是“{state}”。"],
  ["The stream", "数据流"],
  ["Somebody", "有人"],
  ["new", "新"],
  ["claimed", "跟进中"],
  ["contacted", "已联系"],
  ["snoozed", "稍后"],
  ["recovered", "已回升"],
  ["regressed", "再次下降"],
  ["closed", "已关闭"],
  ["{owner} has this case. Name them to take it over.", "此客户由 {owner} 跟进，接手时须指明其姓名。"],
  ["This customer has another open case: work on that one.", "此客户另有未关闭的跟进，请处理那一条。"],
  ["Snooze until a time that is still to come.", "请选择将来的时间。"],
  ["The case is open already.", "此跟进尚未关闭。"],
  ["The case is closed. Reopen it first.", "此跟进已关闭，请先重新打开。"],
  [
    "There is no such state; use now, open, all or {states}.",
    "没有这个状态，可用 now、open、all 或 {states}。",
  ],
  ["A customer number has digits alone, 19 at most.", "客户号只含数字，最多 19 位。"],
  ["These thresholds are in force already.", "这些阈值已经生效。"],
  ["{who} changed the thresholds after you saw them.", "在您查看之后，{who} 修改了阈值。"],

  // the key-user list
  ["A user id is a 64-bit integer.", "客户号是 64 位整数。"],
  ["Send a user id beyond 2^53-1 as a string.", "超过 2^53-1 的客户号请以文本发送。"],
  ["This user has never been on the key-user list.", "此客户从未在重点客户名单中。"],
  ["This user was removed from the list: restore them.", "此客户已被移出名单，请恢复。"],
  ["This user is on the list.", "此客户已在名单中。"],
  ["This user is on the list already.", "此客户已在名单中。"],
  ["This user is off the list already.", "此客户已被移出名单。"],
  ["This user is off the list: restore them first.", "此客户已被移出名单，请先恢复。"],
  ["{who} changed this row after you saw it.", "在您查看之后，{who} 修改了这一行。"],
  ["This customer's history holds no such change.", "此客户的历史中没有这次修改。"],
  [
    "This change put the customer on the list, or took them off it. Take them off, or restore them, instead.",
    "这次修改是加入或移出名单，请改用移出或恢复。",
  ],
  [
    "The amounts lie between none: amountFrom is above amountTo. Exchange them.",
    "金额范围为空：amountFrom 大于 amountTo，请对调。",
  ],
  ["{field} is no decimal number: write it like 1234.50.", "{field} 不是数字，请写成 1234.50 的形式。"],
  ["The baseline must be a decimal number, not below zero.", "原保额须为不小于零的数字。"],
  [
    "The baseline cannot hold from before 2000-01-01, or from a time to come.",
    "原保额的生效时间不能早于 2000-01-01，也不能在将来。",
  ],
  ["There is no such import.", "没有这次导入。"],
  [
    "The rows of this import are not kept any more (KEEP_IMPORTS).",
    "这次导入的各行已超过保留期（KEEP_IMPORTS）。",
  ],
  [
    "The rows of this import are not kept any more (KEEP_IMPORTS): it cannot be undone.",
    "这次导入的各行已超过保留期（KEEP_IMPORTS），无法撤销。",
  ],
  [
    "Every row of this import was changed since, or taken off the list: nothing is left to undo.",
    "这次导入的每一行此后都已修改或移出名单，没有可撤销的内容。",
  ],
  [
    "This entry is the undo of an import. Import the file once more to bring its rows back.",
    "这一条是对导入的撤销，如需恢复请重新导入文件。",
  ],
  ["{who} has undone this import already.", "{who} 已撤销过这次导入。"],
  [
    "The list has changed since the preview, or this is another file or other settings. Nothing was imported: look at the preview again.",
    "预览之后名单已变化，或文件、设置不同。未导入任何内容，请重新预览。",
  ],
  ["Only a CSV has columns that a file to correct could have.", "只有 CSV 才有可供更正的列。"],
  ["The list is larger than {bytes} bytes. Send it in parts.", "名单超过 {bytes} 字节，请分批导入。"],

  // people
  [
    "{name} is the last administrator who can sign in: make or enable another one first.",
    "{name} 是最后一位可以登录的管理员，请先创建或启用另一位。",
  ],
  [
    'Nobody has the e-mail address or user name "{who}": user list shows who is there.',
    "没有邮箱或用户名为“{who}”的人员，user list 会列出全部人员。",
  ],
  ["There is no such person any more.", "此人员已不存在。"],
  ["There is no such role: take one of {roles}.", "没有这个角色，请选择 {roles} 之一。"],
  ["{name} has the role {role} already.", "{name} 已经是此角色（{role}）。"],
  [
    "Only a business manager has a scope: other roles see every customer.",
    "只有业务经理才有客户范围，其他角色可见全部客户。",
  ],
  ["Nobody of your role is told of {kinds}.", "您的角色不接收这类通知：{kinds}。"],
  ["{name} has that scope already.", "{name} 的客户范围已是如此。"],
  ["Nobody signs in by {provider} here: it is not configured.", "此处未配置 {provider} 登录。"],
  ["{name} is joined to this id already: unjoin them first.", "该标识已关联到 {name}，请先解除关联。"],
  [
    "{name} is joined to another id of {provider}: unjoin them first.",
    "{name} 已关联 {provider} 的另一个标识，请先解除关联。",
  ],
  ["{name} does not sign in by {provider}.", "{name} 未关联 {provider} 登录。"],
  ["{name} is disabled already, since {since}.", "{name} 已于 {since} 停用。"],
  ["{name} is not disabled.", "{name} 未被停用。"],
  ["{name} is disabled: enable them first.", "{name} 已停用，请先启用。"],
  ["This session has ended already.", "此会话已经结束。"],
  ["There is no such invitation any more.", "此邀请已不存在。"],
  [
    "Somebody with this e-mail address is invited already: give them another link instead.",
    "此邮箱已被邀请，请改为重新生成链接。",
  ],
  [
    "Somebody with this name is invited already: add what tells the two apart.",
    "已邀请同名人员，请加以区分。",
  ],
  [
    "This link was used, has been replaced or has expired. Ask whoever sent it for another one.",
    "此链接已被使用、已被替换或已过期，请向发送者索取新的链接。",
  ],
  [
    "This link has been used or replaced. Restart the system to get a new one.",
    "此链接已被使用或替换，重启系统可获得新的链接。",
  ],

  // single sign-on
  [
    "Too many sign-ins come from your network at this moment; try again in a minute.",
    "此刻来自您所在网络的登录过多，请一分钟后再试。",
  ],
  ["{name} cannot be reached; try again in a moment.", "无法连接 {name}，请稍后再试。"],

  // the pipeline
  ["There is no such dead letter.", "没有这条死信。"],
  ["Somebody changed this dead letter after you saw it.", "在您查看之后，有人修改了这条死信。"],
  ["This dead letter has been {state}.", "这条死信已{state}。"],
  ["replayed", "重放"],
  ["discarded", "丢弃"],
  ["A dead letter is no longer as it was seen.", "死信已与您所见的不同。"],
  ["Others deal with these dead letters; send again.", "有人正在处理这些死信，请重试。"],
  [
    "{name} holds bytes that are not UTF-8: write it anew, or take it away.",
    "{name} 含有非 UTF-8 的字节，请重写或删除。",
  ],
  ["The stream {stream} has no such field to replace.", "数据流 {stream} 没有可替换的这个字段。"],
  ["stream: write one of {streams}", "stream：请写 {streams} 之一"],
  ["There is no such delivery.", "没有这次投递。"],
  ["Only a dead delivery can be sent again.", "只有失败的投递可以重发。"],

  [
    "The name mixes letters that look alike: write it in one alphabet.",
    "姓名混用了形似的字母，请只用一种文字书写。",
  ],

  // settings, and acts that wait for a second administrator
  [
    "The environment sets {name}, and wins: change it where the system is started, or take it away there.",
    "{name} 由环境变量设定并优先，请在系统启动处修改或删除。",
  ],
  ["These settings are in force already.", "这些设置已经生效。"],
  [
    "{who} changed the settings after you saw them: look at what holds now, and begin anew.",
    "在您查看之后，{who} 修改了设置：请查看当前设置后重新修改。",
  ],
  [
    "One administrator would be left, who could confirm nothing: make another one first, or switch four eyes off (FOUR_EYES=none).",
    "此后将只剩一位管理员，无法确认任何操作：请先添加另一位管理员，或关闭双人确认（FOUR_EYES=none）。",
  ],
  [
    "This link was given before roles waited for a second administrator here, or before you became one, and opens an administrator's account no more: let it be done on the command line.",
    "此链接签发于启用“角色须由第二位管理员确认”之前，或您成为管理员之前，不能再用于打开管理员账号：请通过命令行操作。",
  ],
  [
    "{count} proposals of yours wait already: withdraw one, or have them decided on first.",
    "您已有 {count} 项提议在等待确认：请先撤回一项，或等其他管理员处理。",
  ],
  ["This waits already, as proposal {id}.", "此操作已在等待确认（第 {id} 项）。"],
  ["{name} cannot be used: {how}.", "{name} 无法使用：{how}。"],
  [
    "There is no second administrator who can sign in and could confirm: make or enable one first.",
    "没有可以确认的第二位管理员，请先添加或启用一位。",
  ],
  ["There is no such proposal.", "没有这项待确认操作。"],
  [
    "You proposed this yourself: another administrator confirms it.",
    "这是您自己提交的操作，须由另一位管理员确认。",
  ],
  ["This proposal has waited too long: propose it anew.", "此操作等待过久，请重新提交。"],
  ["{name} has decided on this already.", "{name} 已经处理了此操作。"],
  ["{name} may not do this any more: refuse it.", "{name} 已无权执行此操作，请驳回。"],
  [
    "Roles wait for a second administrator here: invite with another role, then propose this one.",
    "此处的角色变更须由第二位管理员确认：请先以其他角色邀请，再提交此角色。",
  ],
  [
    "{name} is an administrator, and roles wait for a second one here: propose another role for them first, or let it be done on the command line.",
    "{name} 是管理员，而此处的角色须由第二位管理员确认：请先为其提交另一角色，或在命令行中操作。",
  ],
  [
    "{name} is invited as an administrator: take the invitation back first.",
    "{name} 已被邀请为管理员，请先撤回该邀请。",
  ],
  ["{name} has the role {role} by now.", "{name} 现在的角色已是 {role}。"],

  // how settings are written
  ["write 1d or more, or 0d for ever", "请写 1d 或更多，或以 0d 表示永久保留"],
  ["write 30d or more, or 0d for ever", "请写 30d 或更多，或以 0d 表示永久保留"],
  ["write 36500d or less", "请写 36500d 或更少"],
  [
    "write a number with a unit: 30d, 12h, 15m, 10s or 500ms",
    "请写带单位的数字：30d、12h、15m、10s 或 500ms",
  ],
  ["write a whole number in digits", "请用数字写一个整数"],
  ["write {least} or more", "请写 {least} 或更多"],
  ["write {most} or less", "请写 {most} 或更少"],
  [
    "write weekdays with hours, separated by commas: Mon-Fri 09:00-12:00, Mon-Fri 13:00-18:00",
    "请写星期与时间，以逗号分隔：Mon-Fri 09:00-12:00, Mon-Fri 13:00-18:00",
  ],
  [
    "write a day or days a line, or between commas: 2026-10-01..2026-10-07 National Day; a + before a day that is worked: +2026-10-10",
    "请每行或以逗号分隔写一天或一段日期：2026-10-01..2026-10-07 国庆节；调休上班的日子前加 +：+2026-10-10",
  ],
  [
    "write some of thresholds, list, roles, separated by commas, or none",
    "请写 thresholds、list、roles 中的若干项，以逗号分隔，或写 none",
  ],
  ["write an e-mail address: ada@example.com", "请写一个邮箱地址：ada@example.com"],
  ["name at least one receiver, or leave it unset", "请至少写一位收件人，或留空"],
  ["write a URL with a host: https://…", "请写带主机名的网址：https://…"],
  ["write whsec_ and 24 to 64 random bytes in base64", "请写 whsec_ 加上 24 至 64 个随机字节的 base64"],
  [
    "write an https address, or set NOTIFY_ALLOW_PRIVATE to 1",
    "请写 https 地址，或将 NOTIFY_ALLOW_PRIVATE 设为 1",
  ],
  ["missing; set {names} together, or none of them", "缺失：请同时设置 {names}，或都不设置"],
  ["missing; set it as well, for {name} needs it", "缺失：{name} 需要它，请一并设置"],
];
