from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0016_recusal_notice'),
    ]

    operations = [
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('idea_submitted', 'Ý tưởng mới gửi'), ('idea_returned', 'Ý tưởng cần bổ sung'), ('idea_accepted', 'Ý tưởng được chấp nhận'), ('idea_rejected', 'Ý tưởng không được chấp nhận'), ('idea_opinion', 'Xã cho ý kiến về ý tưởng'), ('plan_submitted', 'Phương án mới gửi'), ('plan_returned', 'Phương án cần bổ sung'), ('plan_approved', 'Phương án được đồng ý'), ('product_return', 'Nhắc khai báo hằng năm'), ('dossier_submitted', 'Hồ sơ mới nộp'), ('dossier_returned', 'Hồ sơ cần bổ sung'), ('dossier_accepted', 'Hồ sơ đủ điều kiện'), ('dossier_due', 'Hồ sơ sắp hết hạn'), ('rating_granted', 'Sản phẩm được công nhận'), ('rating_step', 'Thời hạn của giấy chứng nhận'), ('rating_revoked', 'Thu hồi hạng sao'), ('rating_inspected', 'Kiểm tra sau công nhận'), ('rating_petition', 'Kiến nghị về kết quả đánh giá'), ('case_admitted', 'Hồ sơ được đưa ra hội đồng'), ('case_ready', 'Đủ phiếu để mở'), ('case_opened', 'Đã mở phiếu'), ('case_reopened', 'Chấm lại'), ('case_proposed', 'Đề nghị chấm lại'), ('case_recused', 'Thành viên từ chối chấm'), ('case_paper', 'Phiếu giấy đã được nhập'), ('case_concluded', 'Hội đồng đã kết luận'), ('case_forwarded', 'Hồ sơ chuyển lên'), ('case_sent_down', 'Kết quả chuyển về'), ('report_ready', 'Báo cáo đã lập xong'), ('report_monthly', 'Báo cáo định kỳ'), ('report_sent', 'Cấp dưới gửi báo cáo'), ('report_late', 'Báo cáo chậm'), ('producer_signup', 'Chủ thể tự đăng ký'), ('producer_judged', 'Kết quả đăng ký chủ thể'), ('producer_merged', 'Gộp hồ sơ chủ thể'), ('portal_role', 'Được giao vai trò'), ('portal_work', 'Nhận bàn giao'), ('portal_exports', 'Tải danh sách quá nhiều'), ('portal_volume', 'Ổ đĩa sắp đầy'), ('visit_planned', 'Hẹn ngày hỗ trợ tại thực địa'), ('visit_held', 'Có kết quả hỗ trợ tại thực địa'), ('visit_cancelled', 'Hủy chuyến hỗ trợ'), ('visit_action', 'Việc cần làm sau hỗ trợ'), ('visit_done', 'Việc sau hỗ trợ đã xong')], max_length=20, verbose_name='loại'),
        ),
    ]
