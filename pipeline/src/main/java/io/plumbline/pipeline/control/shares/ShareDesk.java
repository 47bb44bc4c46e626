package io.plumbline.pipeline.control.shares;

import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.access.AccessRole;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.records.ControlReader;
import io.plumbline.pipeline.control.records.Writer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Who may see which share, and what is written when one is made or removed.
 *
 * <p>Threads: any; one is made at a time.
 */
public final class ShareDesk {
    /** Kafka takes a record of a megabyte. */
    static final int MAX_SHARE_BYTES = 512 << 10;

    private final Shares shares;
    private final Writer writer;
    private final ControlReader reader;

    public ShareDesk(Shares shares, Writer writer, ControlReader reader) {
        this.shares = shares;
        this.writer = writer;
        this.reader = reader;
    }

    /** Those that a caller may see, newest first. */
    List<Share> visible(Caller caller) {
        return shares.all().stream()
                .filter(share -> share.isWithin(caller.bounds()))
                .toList();
    }

    /** @throws Problem when there is none that the caller may see: who may not, is not told that there is one */
    Share require(Caller caller, String id) {
        return shares.byId(id)
                .filter(share -> share.isWithin(caller.bounds()))
                .orElseThrow(
                        () -> Problem.notFound(
                                "there is no share '" + id + "' that '" + caller.name()
                                        + "' may see; it was removed, or it is of services outside the token's bounds: ask who sent the link"));
    }

    /** @throws Problem when it is too large, or there are too many */
    synchronized void keep(Share share) {
        long bytes = Shares.bytes(share);
        if (bytes > MAX_SHARE_BYTES) {
            throw Problem.tooLarge("these signals are " + bytes + " bytes, and a share has " + MAX_SHARE_BYTES
                    + " at most; share fewer hits in one, or take snapshots of less depth");
        }
        shares.requireRoom(share);
        await(writer.write(Topics.SHARES, Map.of(share.id(), share.json())));
    }

    /** @throws Problem when it is another's, and the caller no admin */
    Share remove(Caller caller, String id) {
        Share share = require(caller, id);
        if (caller.role() != AccessRole.ADMIN && !share.by().equals(caller.name())) {
            throw Problem.forbidden("the share '" + id + "' is by '" + share.by()
                    + "', and only who made it removes it, or an admin; ask one of them");
        }
        await(writer.write(Topics.SHARES, Collections.singletonMap(id, null)));
        return share;
    }

    private void await(RecordMetadata written) {
        reader.awaitHandled(new TopicPartition(written.topic(), written.partition()), written.offset());
    }
}
