package io.plumbline.exporters.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.kit.ExporterKit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against gRPC's own server and OpenTelemetry's own stub of the service. */
class JaegerGrpcTest extends ExporterKit {
    private final List<ExportTraceServiceRequest> taken = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();

    /** What the server answers next; null to take all. */
    private volatile Status answer;

    private volatile boolean silent;
    private final Server server = start();

    private Server start() {
        TraceServiceGrpc.TraceServiceImplBase service = new TraceServiceGrpc.TraceServiceImplBase() {
            @Override
            public void export(ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> observer) {
                if (silent) {
                    return;
                }
                if (answer != null) {
                    observer.onError(answer.asException());
                    return;
                }
                taken.add(request);
                observer.onNext(ExportTraceServiceResponse.getDefaultInstance());
                observer.onCompleted();
            }
        };
        ServerInterceptor reads = new ServerInterceptor() {
            @Override
            public <Q, A> ServerCall.Listener<Q> interceptCall(
                    ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
                tokens.add(String.valueOf(headers.get(Metadata.Key.of("x-token", Metadata.ASCII_STRING_MARSHALLER))));
                return next.startCall(call, headers);
            }
        };
        try {
            return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(service)
                    .intercept(reads)
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    @Override
    protected ExporterFactory factory() {
        return new JaegerExporterFactory();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "jaeger.url",
                "http://127.0.0.1:" + server.getPort(),
                "jaeger.protocol",
                "grpc",
                "jaeger.headers",
                "x-token=abc");
    }

    @Test
    void export_arrives_withItsHeaders() throws InterruptedException {
        assertThat(exporter().export(batch(5))).isEqualTo(Outcome.delivered());

        assertThat(tokens).containsExactly("abc");
        assertThat(taken.get(0).getResourceSpansList().stream()
                        .flatMap(resource -> resource.getScopeSpansList().stream())
                        .mapToInt(scope -> scope.getSpansCount())
                        .sum())
                .isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, Retry",
        "DEADLINE_EXCEEDED, Retry",
        "RESOURCE_EXHAUSTED, Retry",
        "ABORTED, Retry",
        "UNIMPLEMENTED, Retry",
        "UNAUTHENTICATED, Unauthorized",
        "PERMISSION_DENIED, Unauthorized",
        "INVALID_ARGUMENT, Rejected"
    })
    void export_everyAnswer_hasItsOutcome(Status.Code code, String outcome) throws InterruptedException {
        answer = code.toStatus().withDescription("because");

        Outcome got = exporter().export(batch(2));

        assertThat(got.getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(got.toString()).contains("because");
    }

    @Test
    void export_largerThanTheServerTakes_isToBeSplit() throws InterruptedException {
        answer = Status.RESOURCE_EXHAUSTED.withDescription("grpc: received message larger than max (5 vs. 4)");

        assertThat(exporter().export(batch(2))).isInstanceOf(Outcome.TooLarge.class);
    }

    @Test
    void export_noAnswer_isRetriedAfterTheTimeout() throws InterruptedException {
        silent = true;
        Map<String, String> hasty = new HashMap<>(settings());
        hasty.put("jaeger.request-timeout", "300ms");
        try (Exporter impatient = create(hasty)) {
            assertThat(impatient.export(batch(1))).isInstanceOf(Outcome.Retry.class);
        }
    }

    @Test
    void export_nobodyThere_isRetried() throws InterruptedException {
        server.shutdownNow();

        assertThat(exporter().export(batch(1))).isInstanceOf(Outcome.Retry.class);
    }
}
