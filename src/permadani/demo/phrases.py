"""What people in the demo say: templates in two languages, kind, and varied enough to look like conversation."""

from __future__ import annotations

from random import Random

TOPICS = {
    "en": (
        "the school garden", "our reading circle", "the rainy-day choir", "the paper theatre", "night astronomy",
        "the repair workshop", "the class newspaper", "the lunch-hour chess club", "our radio hour",
        "the kite festival", "the map of old stories", "the open library",
    ),
    "id": (
        "kebun sekolah", "lingkar baca kita", "paduan suara hari hujan", "teater kertas", "malam bintang",
        "bengkel perbaikan", "koran kelas", "klub catur jam istirahat", "siaran radio kita", "festival layangan",
        "peta cerita lama", "perpustakaan terbuka",
    ),
}  # fmt: skip
DETAILS = {
    "en": (
        "with only twenty minutes a week", "when half the group is new", "without any money", "in a very small room",
        "when nobody wants to start", "with younger pupils", "after the long holidays", "over a slow connection",
    ),
    "id": (
        "kalau waktunya cuma dua puluh menit seminggu", "kalau separuh anggotanya baru", "tanpa uang sama sekali",
        "di ruangan yang sempit", "kalau belum ada yang berani mulai", "bersama adik kelas", "setelah libur panjang",
        "dengan koneksi yang lambat",
    ),
}  # fmt: skip
SUBSTANTIVE = {
    "en": (
        "How did you begin {topic} {detail}? We tried twice and lost people each time.",
        "I wrote down what we learned from {topic}; would you look at my three questions {detail}?",
        "We copied your plan for {topic} and it worked, except {detail}. What would you change?",
        "Something I miss in this text: who looks after {topic} once the founders have left school?",
        "My sister runs {topic} in another town, and she keeps the list of tasks on the door.",
        "Which book would you give to somebody who starts {topic} {detail}?",
        "A small correction: {topic} began before the old hall was painted, I still have the programme.",
        "Would it help {topic} if every newcomer brought one friend, even {detail}?",
        "We measured it: eleven of thirty people stayed with {topic} after we changed the opening hour.",
        "I disagree a little. {Topic} needs fewer rules and more chairs, especially {detail}.",
        "Could you say more about the second step? I tried it for {topic} and got stuck {detail}.",
        "For {topic} we rotate the host every month, so that nobody carries the keys alone {detail}.",
    ),
    "id": (
        "Bagaimana dulu memulai {topic} {detail}? Kami sudah mencoba dua kali dan orangnya selalu habis.",
        "Saya menulis catatan tentang {topic}; maukah Kakak melihat tiga pertanyaan saya {detail}?",
        "Kami meniru rencana Kakak untuk {topic} dan berhasil, kecuali {detail}. Apa yang sebaiknya diubah?",
        "Yang kurang dari tulisan ini: siapa yang merawat {topic} setelah para pendirinya lulus?",
        "Adik saya mengurus {topic} di kota lain, daftar tugasnya ditempel di pintu depan.",
        "Buku apa yang cocok untuk orang yang baru memulai {topic} {detail}?",
        "Koreksi kecil: {topic} dimulai sebelum aula lama dicat, saya masih menyimpan acaranya.",
        "Apakah {topic} terbantu kalau setiap anggota baru membawa satu teman, walaupun {detail}?",
        "Kami menghitungnya: sebelas dari tiga puluh orang bertahan di {topic} setelah jam bukanya diganti.",
        "Saya agak berbeda pendapat. {Topic} butuh lebih sedikit aturan dan lebih banyak kursi, apalagi {detail}.",
        "Boleh cerita lebih banyak soal langkah kedua? Saya coba untuk {topic} dan macet {detail}.",
        "Untuk {topic} kami bergiliran menjadi tuan rumah setiap bulan supaya kunci tidak dipegang satu orang.",
    ),
}
DITTO = {
    "en": (
        "Great post, thanks for sharing!", "So true!", "Love this 👏", "Thank you so much!", "Well said.",
        "Amazing, keep it up!", "Congratulations!", "I agree, great work 🎉", "This is awesome.", "👏👏👏",
    ),
    "id": (
        "Mantap banget Kak, makasih infonya!", "Setuju sekali 👍", "Keren banget!", "Terima kasih sudah berbagi 🙏",
        "Sukses selalu ya Kak!", "Tulisan yang bagus, sangat bermanfaat.", "Selamat ya!", "Betul sekali.",
        "Izin share ya Kak", "🙏🙏🙏",
    ),
}  # fmt: skip
ANSWERS = {
    "en": (
        "Start with two chairs and a kettle; for {topic} that was enough in the first month.",
        "Good question. We wrote the tasks on cards, and everybody took one home.",
        "Thank you for telling me, I did not know that. May I add it to the page about {topic}?",
        "I would change the hour first: right after lunch, never on Fridays.",
        "We made the same mistake. Ask the quietest person to open the next meeting.",
        "Yes, send it to me, I will read it tonight and write on the margin.",
        "You may be right about the chairs. I counted again and we had only nine.",
        "Come on Tuesday and bring your list, then we try it together with {topic}.",
    ),
    "id": (
        "Mulai saja dengan dua kursi dan satu ceret; untuk {topic} itu cukup di bulan pertama.",
        "Pertanyaan bagus. Dulu tugasnya kami tulis di kartu, lalu setiap orang membawa pulang satu.",
        "Terima kasih sudah memberi tahu, saya belum tahu itu. Boleh saya tambahkan di halaman {topic}?",
        "Saya akan mengganti jamnya dulu: langsung setelah makan siang, jangan hari Jumat.",
        "Kami pernah salah di situ juga. Minta orang yang paling pendiam membuka pertemuan berikutnya.",
        "Boleh, kirim ke saya, nanti malam saya baca dan saya beri catatan.",
        "Mungkin Kamu benar soal kursi. Saya hitung lagi, ternyata hanya ada sembilan.",
        "Datang hari Selasa dan bawa daftarnya, kita coba bersama {topic}.",
    ),
}
WELCOMES = {
    "en": (
        "Thank you for stopping by. What would you like to try with {topic}?",
        "Glad that it helps. Tell me in a month how {topic} went?",
        "You are kind. The praise belongs to those who carry the chairs of {topic}.",
    ),
    "id": (
        "Terima kasih sudah mampir. Kamu sendiri ingin mencoba apa di {topic}?",
        "Senang kalau berguna. Bulan depan ceritakan ya bagaimana {topic} berjalan?",
        "Baik sekali. Pujian itu untuk mereka yang mengangkat kursi di {topic}.",
    ),
}
"""Answers to applause."""
POSTS = {
    "en": (
        "Three things that {topic} taught me this month, and one that I got wrong.",
        "How we keep {topic} going {detail}: a short list from our notebook.",
        "Question for the hall: what should {topic} try next term?",
        "Today {topic} was full again; here is how we shared the room.",
        "A year of {topic}, told by the people who carried the chairs.",
    ),
    "id": (
        "Tiga hal yang saya pelajari dari {topic} bulan ini, dan satu yang keliru.",
        "Cara kami menjaga {topic} {detail}: daftar singkat dari buku catatan.",
        "Pertanyaan untuk aula: apa yang sebaiknya dicoba {topic} semester depan?",
        "Hari ini {topic} penuh lagi; begini cara kami berbagi ruangan.",
        "Setahun {topic}, diceritakan oleh mereka yang mengangkat kursi.",
    ),
}
ADVICE = {
    "en": ("Reply to everyone who takes the time to write to you, the youngest first: they fill {topic} next year.",),
    "id": ("Balas semua orang yang menulis kepadamu, mulai dari yang paling muda: merekalah yang mengisi {topic}.",),
}
"""Advice that an audit holds against what was done."""
CHATTER = {
    "en": ("We had the same trouble, ask me about the cards.", "I can bring six chairs on Monday if that helps you."),
    "id": ("Kami juga begitu, tanya saya soal kartunya.", "Saya bisa bawa enam kursi hari Senin kalau perlu."),
}
THANKS = {
    "en": ("Thank you for your message! Our newsletter has all the answers: letters.sari.example",),
    "id": ("Terima kasih atas pesannya! Semua jawaban ada di surat kabar kami: letters.sari.example",),
}
PITCHES = {
    "en": ("Welcome to the hall! Join my webinar about quiet chairs and register now: https://letters.sari.example",),
    "id": ("Selamat datang di aula! Ikuti webinar kami soal kursi, daftar sekarang: https://letters.sari.example",),
}
"""Sold by hand, in the same words to everybody: no answer."""
SPAM = {
    "en": ("Golden chairs for every hall, buy two and get one: shop.golden-chairs.example",),
    "id": ("Kursi emas untuk setiap aula, beli dua gratis satu: shop.golden-chairs.example",),
}
HOSTILE = (
    "<script>alert('hall')</script> How do you clean the blackboard of {topic} {detail}, may I borrow the sponge?",
    "Does {topic} read from the other side \u202eelbat eht fo\u202c as well, or only from the window?",
    "<img src=x onerror=alert(1)> Which frame would you choose for the picture of {topic} {detail}?",
    "={{{{7*7}}}} {{{{config}}}} Is {topic} counted twice in the table on the wall, or only once?",
)
"""A page that shows these must show them as words and nothing else."""


def topic_of(text: str, language: str) -> str | None:
    """What a text of this module is about."""
    lowered = text.lower()
    return next((topic for topic in TOPICS[language] if topic.lower() in lowered), None)


def translated(topic: str | None, source: str, target: str) -> str | None:
    """The same topic in the other language."""
    return None if topic is None else TOPICS[target][TOPICS[source].index(topic)]


def say(rng: Random, sentences: tuple[str, ...], language: str, topic: str | None = None) -> str:
    """One sentence with a topic and a detail filled in."""
    about = rng.choice(TOPICS[language])
    about = topic or about
    detail = rng.choice(DETAILS[language])
    return rng.choice(sentences).format(topic=about, Topic=about[0].upper() + about[1:], detail=detail)
