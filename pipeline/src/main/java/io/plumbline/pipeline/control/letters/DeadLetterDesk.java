package io.plumbline.pipeline.control.letters;

import io.plumbline.pipeline.control.http.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Shows dead letters and sends them again.
 *
 * <p>Threads: any.
 */
public final class DeadLetterDesk {
    public static final int MAX_LIMIT = 1_000;

    /** Letters that one request sends again. */
    private static final int MAX_SENT = 2_000;

    private static final long MAX_SENT_BYTES = 32 << 20;

    private final LetterReader letters;
    private final ReplayedLetters replayed;
    private final Replays replays;
    /** The names of those that run, in whichever process. */
    private final Supplier<Set<String>> exporters;

    public DeadLetterDesk(
            LetterReader letters, ReplayedLetters replayed, Replays replays, Supplier<Set<String>> exporters) {
        this.letters = letters;
        this.replayed = replayed;
        this.replays = replays;
        this.exporters = exporters;
    }

    /** The newest that match, and how many there are by exporter and cause within one look. */
    public Map<String, Object> list(LetterQuery query, int limit) {
        return letters.scan(query, replayed::contains, limit, Long.MAX_VALUE, false)
                .map();
    }

    /** One with its content. */
    public Map<String, Object> show(LetterId id) {
        List<Map<String, Object>> found = new ArrayList<>();
        letters.read(List.of(id), kafkaRecord -> {
            Letter letter = Letter.of(kafkaRecord);
            Map<String, Object> map = letter.map(replayed.contains(id));
            map.putAll(LetterContent.map(letter, kafkaRecord.value()));
            found.add(map);
        });
        return found.stream().findFirst().orElseThrow(() -> notThere(List.of(id)));
    }

    /** All of these, or none when one is not there or can't be sent. Those that were sent before are sent again. */
    public synchronized Map<String, Object> replay(Collection<LetterId> asked) {
        Set<LetterId> ids = new LinkedHashSet<>(asked);
        if (ids.size() > MAX_LIMIT) {
            throw Problem.badRequest(
                    "ids",
                    "at most " + MAX_LIMIT + " ids may be named at once: " + ids.size()
                            + "; name an exporter instead, or send them in several requests");
        }
        Set<LetterId> missing = new LinkedHashSet<>(ids);
        letters.read(ids, kafkaRecord -> {
            Letter letter = Letter.of(kafkaRecord);
            missing.remove(letter.id());
            LetterContent.signals(letter, kafkaRecord.value());
        });
        if (!missing.isEmpty()) {
            throw notThere(missing);
        }
        long before = ids.stream().filter(replayed::contains).count();
        Map<String, Object> answer = send(ids);
        answer.put("again", before);
        answer.put("next", "");
        return answer;
    }

    /** A page of those that match and were not sent yet; {@code next} says where the next one begins. */
    public synchronized Map<String, Object> replay(LetterQuery query) {
        if (query.exporter().isEmpty()) {
            throw Problem.badRequest(
                    "exporter", "name an exporter or ids: letters go back to the exporter that gave up on them");
        }
        LetterPage page = letters.scan(query, replayed::contains, MAX_SENT, MAX_SENT_BYTES, true);
        Map<String, Object> answer =
                send(page.letters().stream().map(Letter::id).collect(Collectors.toSet()));
        answer.put("again", 0);
        answer.put("next", page.next());
        return answer;
    }

    private Map<String, Object> send(Set<LetterId> ids) {
        Replays.Batch batch = replays.batch();
        letters.read(ids, batch::add);
        batch.settle();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(
                "sent",
                batch.byExporter().values().stream().mapToLong(Long::longValue).sum());
        answer.put("byExporter", batch.byExporter());
        answer.put("refused", batch.refused());
        Set<String> away = new TreeSet<>(batch.byExporter().keySet());
        away.removeAll(exporters.get());
        answer.put("away", away);
        return answer;
    }

    private Problem notThere(Collection<LetterId> ids) {
        return Problem.notFound("there is no dead letter "
                + ids.stream().map(LetterId::toString).collect(Collectors.joining(", ")) + "; kept are "
                + letters.kept() + ", see 'plumb deadletters list'");
    }
}
