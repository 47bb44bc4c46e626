package io.plumbline.exporters.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is read field by field is what protobuf's own classes read. */
class LogReaderTest {
    private static final int ROUNDS = 2_000;
    private static final int MAX_DEPTH = 4;

    private final Random chance = new Random(20_261_130);

    @Test
    void anyMessage_readsAsWithProtobufsOwnClasses() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = message().toByteArray();

            assertThat(OtlpDecoder.decode(SignalKind.LOG, bytes).signals()).isEqualTo(oracle(bytes));
        }
    }

    /** Whatever bytes come, they are read or refused, and nothing else happens. */
    @Test
    void brokenBytes_areReadOrRefused() {
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = message().toByteArray();
            for (int hits = 1 + chance.nextInt(4); hits > 0 && bytes.length > 0; hits--) {
                bytes[chance.nextInt(bytes.length)] = (byte) chance.nextInt(256);
            }
            try {
                assertThat(OtlpDecoder.decode(SignalKind.LOG, bytes).signals()).doesNotContainNull();
            } catch (MalformedRecordException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(ROUNDS / 20, ROUNDS);
    }

    @Test
    void valuesInValues_withoutEnd_areRefused() {
        AnyValue value = AnyValue.newBuilder().setStringValue("x").build();
        for (int i = 0; i < 40; i++) {
            value = AnyValue.newBuilder()
                    .setArrayValue(io.opentelemetry.proto.common.v1.ArrayValue.newBuilder()
                            .addValues(value))
                    .build();
        }
        byte[] bytes = LogsData.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .addScopeLogs(ScopeLogs.newBuilder()
                                .addLogRecords(LogRecord.newBuilder().setBody(value))))
                .build()
                .toByteArray();

        assertThatThrownBy(() -> OtlpDecoder.decode(SignalKind.LOG, bytes))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("nesting");
    }

    @Test
    void attributes_canNotBeChanged() throws Exception {
        byte[] bytes = LogsData.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .addScopeLogs(ScopeLogs.newBuilder()
                                .addLogRecords(LogRecord.newBuilder().addAttributes(pair(0)))))
                .build()
                .toByteArray();
        LogSignal log =
                (LogSignal) OtlpDecoder.decode(SignalKind.LOG, bytes).signals().get(0);

        assertThatThrownBy(() -> log.attributes().put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> log.attributes()
                        .remove(log.attributes().keySet().iterator().next()))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> log.attributes().entrySet().iterator().next().setValue("x"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static List<Signal> oracle(byte[] bytes) throws Exception {
        List<Signal> signals = new ArrayList<>();
        for (ResourceLogs logs : LogsData.parseFrom(bytes).getResourceLogsList()) {
            Resource resource = Resource.of(AnyValues.map(logs.getResource().getAttributesList()));
            for (ScopeLogs scope : logs.getScopeLogsList()) {
                for (LogRecord each : scope.getLogRecordsList()) {
                    Object body = AnyValues.value(each.getBody());
                    signals.add(new LogSignal(
                            resource,
                            each.getTimeUnixNano(),
                            each.getObservedTimeUnixNano(),
                            each.getSeverityNumberValue(),
                            each.getSeverityText(),
                            body == null ? "" : body,
                            AnyValues.map(each.getAttributesList()),
                            AnyValues.hexId(each.getTraceId()),
                            AnyValues.hexId(each.getSpanId()),
                            each.getEventName(),
                            each.getSerializedSize()));
                }
            }
        }
        return signals;
    }

    private LogsData message() {
        LogsData.Builder data = LogsData.newBuilder();
        for (int i = chance.nextInt(3); i > 0; i--) {
            ResourceLogs.Builder logs = ResourceLogs.newBuilder();
            if (chance.nextBoolean()) {
                logs.getResourceBuilder().addAttributes(pair(0)).addAttributes(pair(0));
            }
            for (int j = chance.nextInt(3); j > 0; j--) {
                ScopeLogs.Builder scope = ScopeLogs.newBuilder();
                if (chance.nextBoolean()) {
                    scope.getScopeBuilder().setName(text());
                }
                for (int k = chance.nextInt(5); k > 0; k--) {
                    scope.addLogRecords(log());
                }
                logs.addScopeLogs(scope);
            }
            data.addResourceLogs(logs);
        }
        return data.build();
    }

    private LogRecord log() {
        LogRecord.Builder log = LogRecord.newBuilder()
                .setTimeUnixNano(chance.nextLong())
                .setObservedTimeUnixNano(chance.nextInt(2))
                .setSeverityNumberValue(chance.nextInt(40))
                .setSeverityText(text())
                .setEventName(text())
                .setTraceId(id(16))
                .setSpanId(id(8))
                .setFlags(chance.nextInt())
                .setDroppedAttributesCount(chance.nextInt(3));
        if (chance.nextBoolean()) {
            log.setBody(value(0));
        }
        for (int i = chance.nextInt(8); i > 0; i--) {
            log.addAttributes(pair(0));
        }
        if (chance.nextInt(4) == 0) { // what a later version may have
            log.setUnknownFields(UnknownFieldSet.newBuilder()
                    .addField(
                            200,
                            UnknownFieldSet.Field.newBuilder()
                                    .addLengthDelimited(ByteString.copyFromUtf8("later"))
                                    .addVarint(7)
                                    .addFixed64(8)
                                    .build())
                    .build());
        }
        return log.build();
    }

    private KeyValue pair(int depth) {
        KeyValue.Builder pair = KeyValue.newBuilder().setKey(text());
        return chance.nextInt(10) == 0
                ? pair.build()
                : pair.setValue(value(depth)).build();
    }

    private AnyValue value(int depth) {
        AnyValue.Builder value = AnyValue.newBuilder();
        switch (chance.nextInt(depth < MAX_DEPTH ? 9 : 6)) {
            case 0, 1 -> value.setStringValue(text());
            case 2 -> value.setBoolValue(chance.nextBoolean());
            case 3 -> value.setIntValue(chance.nextLong());
            case 4 -> value.setDoubleValue(chance.nextGaussian());
            case 5 -> value.setBytesValue(id(chance.nextInt(9)));
            case 6 -> {
                value.getArrayValueBuilder();
                for (int i = chance.nextInt(4); i > 0; i--) {
                    value.getArrayValueBuilder().addValues(value(depth + 1));
                }
            }
            case 7 -> {
                value.getKvlistValueBuilder();
                for (int i = chance.nextInt(4); i > 0; i--) {
                    value.getKvlistValueBuilder().addValues(pair(depth + 1));
                }
            }
            default -> {
                // empty
            }
        }
        return value.build();
    }

    private ByteString id(int size) {
        byte[] bytes = new byte[size];
        if (chance.nextInt(3) > 0) {
            chance.nextBytes(bytes);
        }
        return ByteString.copyFrom(bytes);
    }

    private String text() {
        return switch (chance.nextInt(6)) {
            case 0 -> "";
            case 1 -> "key";
            case 2 -> "thread.name";
            case 3 -> "höher � 漢字 \uD83D\uDE00";
            case 4 -> "x".repeat(chance.nextInt(600));
            default -> new String(new byte[] {(byte) ('a' + chance.nextInt(26))}, StandardCharsets.US_ASCII);
        };
    }
}
