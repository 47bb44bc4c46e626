package io.plumbline.pipeline.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.plumbline.config.pairing.PointHit;
import io.plumbline.config.wire.PointAttributes;
import io.plumbline.config.wire.SignalAttributes;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArrivalReaderTest {
    private static final Resource SHOP = Resource.newBuilder()
            .addAttributes(Otlp.attribute("service.name", "shop"))
            .addAttributes(Otlp.attribute("service.instance.id", "shop-1"))
            .build();

    private final ArrivalReader reader = new ArrivalReader();

    private static LogRecord.Builder hit(String key) {
        return LogRecord.newBuilder()
                .setTimeUnixNano(17)
                .setBody(AnyValue.newBuilder().setStringValue("not read"))
                .setEventName(PointAttributes.EVENT_POINT)
                .setTraceId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}))
                .setSpanId(ByteString.copyFrom(new byte[8]))
                .addAttributes(Otlp.attribute(SignalAttributes.PROBE_ID, "way"))
                .addAttributes(Otlp.attribute(SignalAttributes.RECORD_UID, "u-" + key))
                .addAttributes(Otlp.attribute(PointAttributes.POINT, "A"))
                .addAttributes(Otlp.attribute(PointAttributes.KEY, key))
                .addAttributes(Otlp.attribute(PointAttributes.CLOCK, "höst"))
                .addAttributes(Otlp.attribute(PointAttributes.MONOTONIC, -5L))
                .addAttributes(Otlp.attribute(PointAttributes.EVERY, 4L))
                .addAttributes(Otlp.attribute("thread.id", 9L))
                .addAttributes(Otlp.attribute("code.function.name", "shop.Cart.pay"))
                .addAttributes(Otlp.attribute("code.line.number", 42L))
                .addAttributes(Otlp.attribute("of.others", List.of("a", 1L)))
                .addAttributes(Otlp.attribute(SignalAttributes.VALUES, Map.of("order", "o-1")));
    }

    private static byte[] logs(ResourceLogs... all) {
        return LogsData.newBuilder().addAllResourceLogs(List.of(all)).build().toByteArray();
    }

    private static ScopeLogs scope(LogRecord.Builder... records) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder().setSchemaUrl("any");
        List.of(records).forEach(scope::addLogRecords);
        return scope.build();
    }

    @Test
    void read_hit_everyField() throws Exception {
        List<Arrival> arrivals = reader.read(logs(ResourceLogs.newBuilder()
                .setResource(SHOP)
                .addScopeLogs(scope(hit("k")))
                .build()));

        assertThat(arrivals).hasSize(1);
        Arrival.Hit read = (Arrival.Hit) arrivals.get(0);
        assertThat(read.probe()).isEqualTo("way");
        assertThat(read.resource().instance()).isEqualTo("shop-1");
        assertThat(read.hit())
                .isEqualTo(new PointHit(
                        "u-k",
                        "A",
                        "k",
                        "0102030405060708090a0b0c0d0e0f10",
                        "",
                        17,
                        -5,
                        "höst",
                        "shop-1/9",
                        4,
                        Map.of("order", "o-1"),
                        "shop.Cart.pay:42"));
    }

    @Test
    void read_resourceBehindItsRecords_isTheirs() throws Exception {
        byte[] records =
                ResourceLogs.newBuilder().addScopeLogs(scope(hit("k"))).build().toByteArray();
        byte[] resource = ResourceLogs.newBuilder().setResource(SHOP).build().toByteArray();
        ByteString merged = ByteString.copyFrom(records).concat(ByteString.copyFrom(resource));
        byte[] other = logs(ResourceLogs.newBuilder()
                .addScopeLogs(scope(hit("l"), hit("m")))
                .build());
        byte[] value = ByteString.copyFrom(new byte[] {10})
                .concat(ByteString.copyFrom(varint(merged.size())))
                .concat(merged)
                .concat(ByteString.copyFrom(other))
                .toByteArray();

        List<Arrival> arrivals = reader.read(value);

        assertThat(arrivals)
                .extracting(arrival -> ((Arrival.Hit) arrival).hit().thread())
                .containsExactly("shop-1/9", "/9", "/9");
    }

    private static byte[] varint(int size) {
        return new byte[] {(byte) (size & 0x7F | 0x80), (byte) (size >>> 7)};
    }

    @Test
    void read_whatIsNeitherHitNorHop_isLeftOut() throws Exception {
        assertThat(reader.read(logs(ResourceLogs.newBuilder()
                        .addScopeLogs(scope(
                                hit("k").setEventName("other"),
                                hit(""),
                                LogRecord.newBuilder().setEventName("x")))
                        .build())))
                .isEmpty();
        assertThat(reader.read(new byte[0])).isEmpty();
    }

    @Test
    void read_garbage_isRefusedOrEmpty_neverMore() {
        Random random = new Random(7);
        byte[] good = logs(ResourceLogs.newBuilder()
                .setResource(SHOP)
                .addScopeLogs(scope(hit("k")))
                .build());
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = good.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            try {
                reader.read(bad);
            } catch (InvalidProtocolBufferException e) {
                assertThat(e).hasMessageNotContaining("Index");
            }
        }
        assertThatThrownBy(() -> reader.read("poison".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidProtocolBufferException.class);
    }
}
