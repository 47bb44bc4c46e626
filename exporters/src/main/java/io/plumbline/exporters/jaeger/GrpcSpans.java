package io.plumbline.exporters.jaeger;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.http.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** OTLP over gRPC. Answers are classed as the OTLP specification says (OTLP/gRPC, failures). */
final class GrpcSpans implements SpanSender {
    private static final MethodDescriptor<byte[], byte[]> EXPORT = MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("opentelemetry.proto.collector.trace.v1.TraceService/Export")
            .setRequestMarshaller(new Bytes())
            .setResponseMarshaller(new Bytes())
            .build();

    private final JaegerSettings settings;
    private final ManagedChannel channel;

    /** Messages are protobuf already. */
    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    GrpcSpans(JaegerSettings settings) {
        this.settings = settings;
        URI url = settings.url();
        boolean isTls = "https".equalsIgnoreCase(url.getScheme());
        NettyChannelBuilder builder =
                NettyChannelBuilder.forAddress(url.getHost(), url.getPort() < 0 ? 4317 : url.getPort());
        Metadata headers = new Metadata();
        settings.headers()
                .forEach((name, value) -> headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
        this.channel = (isTls ? builder.useTransportSecurity() : builder.usePlaintext())
                .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
                .build();
    }

    @Override
    public Outcome send(byte[] request, int spans) throws InterruptedException {
        CallOptions options = CallOptions.DEFAULT
                .withDeadlineAfter(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .withCompression("gzip");
        try {
            return JaegerExporter.taken(ClientCalls.blockingV2UnaryCall(channel, EXPORT, options, request), spans);
        } catch (StatusException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting for " + settings.url());
            }
            return outcome(e.getStatus());
        }
    }

    private Outcome outcome(Status status) {
        String said = status.getDescription() == null ? "" : ": " + Answer.oneLine(status.getDescription());
        String reason = settings.url() + " answered " + status.getCode() + said;
        return switch (status.getCode()) {
            case UNAUTHENTICATED, PERMISSION_DENIED ->
                new Outcome.Unauthorized(reason + "; check " + settings.instance() + ".headers");
            case INVALID_ARGUMENT, FAILED_PRECONDITION -> new Outcome.Rejected(reason);
            case RESOURCE_EXHAUSTED ->
                reason.contains("larger than max") ? new Outcome.TooLarge(reason) : Outcome.retry(reason);
            case UNIMPLEMENTED, NOT_FOUND ->
                Outcome.retry(
                        reason + "; check " + settings.instance() + ".url and " + settings.instance() + ".protocol");
            default -> Outcome.retry(reason);
        };
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
