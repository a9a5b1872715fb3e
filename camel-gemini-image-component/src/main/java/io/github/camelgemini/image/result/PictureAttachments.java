package io.github.camelgemini.image.result;

import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.util.FileUtil;

/** Writes pictures as the attachments of a message, and removes its other attachments. */
final class PictureAttachments {

    private PictureAttachments() {}

    /**
     * Attaches pictures.
     *
     * @param fileName the name of the first; several are numbered, {@code cat-1.jpg}, {@code cat-2.jpg}
     */
    static void write(List<GeneratedImage> images, String fileName, Exchange exchange) {
        AttachmentMessage message = exchange.getMessage(AttachmentMessage.class);
        List.copyOf(message.getAttachmentNames()).forEach(message::removeAttachment);
        String base = FileUtil.onlyName(FileUtil.stripPath(fileName.replace('\\', '/')), true);
        for (int i = 0; i < images.size(); i++) {
            GeneratedImage image = images.get(i);
            String number = images.size() == 1 ? "" : "-" + (i + 1);
            String name = base + number + "." + image.extension();
            message.addAttachment(name, new DataHandler(new Picture(image, name)));
        }
    }

    private record Picture(GeneratedImage image, String name) implements DataSource {

        @Override
        public InputStream getInputStream() throws IOException {
            return image.newInputStream();
        }

        @Override
        public String getContentType() {
            return image.mimeType();
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            throw new IOException("A generated image is read-only");
        }
    }
}
